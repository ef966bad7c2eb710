package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InternetAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:80",
        "0.0.0.0, 0.0.0.0:80",
        "255.255.255.255, 255.255.255.255:80",
        "localhost, 127.0.0.1:80",
        "LocalHost, 127.0.0.1:80",
        "::, [::]:80",
        "::1, [::1]:80",
        "[::1], [::1]:80",
        "1::, [1::]:80",
        "FE80::00ab, [fe80::ab]:80",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]:80",
        "1:0:0:4:0:0:0:8, [1:0:0:4::8]:80",
        "1:0:3:4:5:6:7:8, [1:0:3:4:5:6:7:8]:80",
        "1:2:3:4:5:6:7::, [1:2:3:4:5:6:7:0]:80",
        "::2:3:4:5:6:7:8, [0:2:3:4:5:6:7:8]:80",
        "::ffff:10.0.0.1, [::ffff:a00:1]:80",
        "1:2:3:4:5:6:10.0.0.1, [1:2:3:4:5:6:a00:1]:80",
    })
    void readsAndWritesAddresses(String host, String text) {
        InternetAddress address = InternetAddress.parse(host, 80);
        assertThat(address).hasToString(text);
        assertThat(InternetAddress.parse(text.substring(0, text.lastIndexOf(':')), 80)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.0.0.1", "01.2.3.4", "1.2.3.+4", "0x7f.0.0.1",
        "1.2.3.4 ", "example.org", "localhost.", ":", ":::", "1:2", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3",
        "::1::", "1:2:3:4::5:6:7:8", ":1::2", "1:", "::12345", "::g", "fe80::1%eth0", "[::1", "::1]", "::1.2.3",
        "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3.4:5", "[127.0.0.1]", "١.2.3.4", "1:2:3:4:5:6:7:8::",
    })
    void refusesWhatIsNone(String host) {
        assertThatThrownBy(() -> InternetAddress.parse(host, 80))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + host
                        + "\" is not an IP address such as 127.0.0.1 or ::1, nor localhost; other names are not looked up");
    }

    /** The JDK's text has no {@code ::} in it. */
    @Test
    void readsWhatTheJdkWritesAndWritesWhatItReads() throws UnknownHostException {
        Random random = new Random(4);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int zero = random.nextInt(4); bytes.length == 16 && zero > 0; zero--) {
                int group = random.nextInt(8);
                bytes[2 * group] = 0;
                bytes[2 * group + 1] = 0;
            }
            InternetAddress address = new InternetAddress(bytes, 1);
            String text = address.toString();
            String host = text.substring(0, text.lastIndexOf(':'));
            assertThat(InetAddress.getByName(host).getAddress()).as(host).isEqualTo(bytes);
            assertThat(InternetAddress.parse(host, 1)).isEqualTo(address);
            assertThat(InternetAddress.parse(InetAddress.getByAddress(bytes).getHostAddress(), 1)).isEqualTo(address);
        }
    }

    @Test
    void portsAreInTheirRange() {
        assertThat(InternetAddress.parse("::1", 65535).port()).isEqualTo(65535);
        assertThatThrownBy(() -> InternetAddress.parse("::1", 65536)).hasMessage("a port is in 0..65535, not 65536");
        assertThatThrownBy(() -> InternetAddress.parse("::1", -1)).hasMessage("a port is in 0..65535, not -1");
        assertThatThrownBy(() -> new InternetAddress(new byte[5], 1))
                .hasMessage("an IP address has 4 or 16 bytes, not 5");
    }

    @Test
    void isAValue() {
        byte[] bytes = {10, 0, 0, 1};
        InternetAddress address = new InternetAddress(bytes, 80);
        bytes[0] = 11;
        address.bytes()[1] = 9;
        assertThat(address).isEqualTo(InternetAddress.parse("10.0.0.1", 80)).hasSameHashCodeAs(
                InternetAddress.parse("10.0.0.1", 80));
        assertThat(address).isNotEqualTo(InternetAddress.parse("10.0.0.1", 81))
                .isNotEqualTo(InternetAddress.parse("10.0.0.2", 80));
        assertThat(address.isWildcard()).isFalse();
        assertThat(InternetAddress.parse("::", 0).isWildcard()).isTrue();
        assertThat(InternetAddress.parse("0.0.0.0", 0).isWildcard()).isTrue();
    }
}
