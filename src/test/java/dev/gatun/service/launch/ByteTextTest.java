package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTextTest {

    @ParameterizedTest
    @CsvSource({
        "0,                   0 B",
        "1023,                1023 B",
        "1024,                1.00 KiB",
        "1536,                1.50 KiB",
        "1029,                1.00 KiB",
        "1034,                1.01 KiB",
        "1048575,             1024.00 KiB",
        "1048576,             1.00 MiB",
        "104857600,           100.00 MiB",
        "724775731,           691.20 MiB",
        "1073741823,          1024.00 MiB",
        "1073741824,          1.00 GiB",
        "25276514304,         23.54 GiB",
        "9223372036854775807, 8589934592.00 GiB",
        "-1,                  -1 B"
    })
    void hasTwoDecimalsOfTheLargestUnit(long bytes, String text) {
        assertThat(ByteText.of(bytes)).isEqualTo(text);
    }

    @Property
    void isRoundedAsPrintfDoes(@ForAll @LongRange(min = 1024, max = 1L << 50) long bytes) {
        int shift = bytes >= 1L << 30 ? 30 : bytes >= 1L << 20 ? 20 : 10;
        BigDecimal exact = BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1L << shift));
        assertThat(ByteText.of(bytes))
                .startsWith(exact.setScale(2, RoundingMode.HALF_EVEN).toPlainString() + " ");
    }
}
