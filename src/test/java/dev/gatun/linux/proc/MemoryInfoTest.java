package dev.gatun.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.SystemLibc;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryInfoTest {

    @Test
    void readsTheTotal() {
        assertThat(MemoryInfo.parse("MemTotal:       24683120 kB\nMemFree:  1 kB\n")).hasValue(24683120L * 1024);
        assertThat(MemoryInfo.parse("MemFree:  1 kB\nMemTotal: 2 kB\n")).as("wherever it stands").hasValue(2048);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "MemTotal:", "MemTotal: kB", "MemTotal: x kB\n", "MemTotal: 99999999999999999999 kB",
        "MemTotal: 9223372036854775807 kB", "NoMemTotal: 1 kB\n", "MemFree: 1 kB\n"})
    void whatIsNoTotalIsNone(String text) {
        assertThat(MemoryInfo.parse(text)).isEmpty();
    }

    @Test
    void isWhatTheMachineHas() {
        // By sysinfo(2); in a container the JDK answers with its limit.
        long jdk = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getTotalMemorySize();
        assertThat(MemoryInfo.totalBytes(new SystemLibc()).orElseThrow()).isGreaterThanOrEqualTo(jdk);
    }
}
