package dev.gatun.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.SystemLibc;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MemoryFilesTest {

    private static final String ROLLUP = """
            560746b91000-7ffcefe33000 ---p 00000000 00:00 0                          [rollup]
            Rss:                9880 kB
            Pss:                 560 kB
            Pss_Dirty:           557 kB
            SwapPss:               3 kB
            """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static long proportional(String rollup) {
        return MemoryFiles.proportional(bytes(rollup), rollup.length());
    }

    @Test
    void residentPagesAreTheSecondNumber() {
        byte[] statm = bytes("garbage 2201 1187 830 659 0 276 0\n");
        assertThat(MemoryFiles.secondNumber(statm, 8, statm.length)).isEqualTo(1187);
        assertThat(MemoryFiles.secondNumber(bytes("0 0 0 0 0 0 0\n"), 0, 14)).isZero();
        assertThat(MemoryFiles.secondNumber(bytes("12"), 0, 2)).isZero();
        assertThat(MemoryFiles.secondNumber(bytes(""), 0, 0)).isZero();
    }

    @Test
    void readsOneLineOfTheRollup() {
        assertThat(proportional(ROLLUP)).isEqualTo(560 * 1024);
        assertThat(proportional(ROLLUP.replace("Pss: ", "Qss: "))).isEqualTo(-1);
        assertThat(proportional("")).isEqualTo(-1);
        assertThat(proportional("x\nPss:")).isEqualTo(-1);
    }

    @Test
    void readsOurOwn() {
        SystemLibc libc = new SystemLibc();
        MemoryFiles files = new MemoryFiles(libc, new PidFiles(libc));
        int us = (int) libc.getpid();
        assertThat(files.resident(us)).isGreaterThan(10 << 20);
        assertThat(files.proportional(us)).isGreaterThan(10 << 20).isLessThan(2 * files.resident(us));
        assertThat(files.resident(1 << 30)).isZero();
        assertThat(files.proportional(1 << 30)).isZero();
    }
}
