package dev.gatun.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import org.junit.jupiter.api.Test;

class ProcessAgeTest {

    private final Libc libc = new SystemLibc();

    @Test
    void isAsTheJvmHasItsOwn() {
        ProcStat self = ProcStat.read(libc, (int) libc.getpid()).orElseThrow();
        long started = ProcessHandle.current().info().startInstant().orElseThrow().toEpochMilli();
        long age = ProcessAge.millis(libc, self.startTicks()).orElseThrow();
        // The JVM takes whole seconds for the start of the machine.
        assertThat(age).isCloseTo(System.currentTimeMillis() - started, org.assertj.core.data.Offset.offset(2000L));
    }

    @Test
    void isUnknownForWhatStartsInTheFuture() {
        assertThat(ProcessAge.millis(libc, Integer.MAX_VALUE * 100L)).isEmpty();
    }

    @Test
    void readsTheFirstNumber() {
        assertThat(ProcessAge.millis("350735.47 234388.90\n")).isEqualTo(350_735_470);
    }
}
