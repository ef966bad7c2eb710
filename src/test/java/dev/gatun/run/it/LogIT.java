package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import org.junit.jupiter.api.Test;

/** The log is Gatun's, and nobody who reads it slowly holds anything up. */
class LogIT {

    /** Far more lines than a pipe holds. */
    private static final int SIGNALS = 3000;

    @Test
    void readerWhoStopsReadingHoldsNothingUp() {
        Gatun run = Gatun.run("-v").withoutReaderOfErrors().command(Python.script("recorder.py", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            for (int i = 0; i < SIGNALS; i++) {
                gatun.signal(Kernel.RTMIN);
            }
            Await.until("every signal", () -> gatun.out().all("got (34)").size() == SIGNALS);
            gatun.readErrors();
            gatun.err().await("forwarding signal");
            // Once there is room again, the next line is preceded by what has been missed.
            Await.until("room for a line", () -> {
                gatun.signal(Kernel.USR1);
                return gatun.err().text().contains("lines of this log were lost");
            });
            int lost =
                    Integer.parseInt(gatun.err().await("warning: lines of this log were lost count=(\\d+)").group(1));
            int written = gatun.err().lines("gatun: forwarding signal signal=SIGRTMIN .*").size();
            assertThat(written + lost).isGreaterThanOrEqualTo(SIGNALS);
            gatun.closeInput();
            assertThat(gatun.await().code()).isZero();
        }
    }

    @Test
    void endIsNotHeldUpEither() {
        Gatun run =
                Gatun.run("-v").withoutReaderOfErrors().command(Python.script("recorder.py", "--exit", "5", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            for (int i = 0; i < SIGNALS; i++) {
                gatun.signal(Kernel.RTMIN);
            }
            gatun.closeInput();
            assertThat(gatun.await().code()).isEqualTo(5);
        }
    }

    @Test
    void readerWhoIsGoneIsNoReasonToEnd() {
        Gatun run =
                Gatun.run("-v").withoutReaderOfErrors().command(Python.script("recorder.py", "--exit", "6", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            gatun.closeErrors();
            gatun.signal(Kernel.USR1);
            gatun.out().await("got 10");
            gatun.signal(Kernel.USR2);
            gatun.out().await("got 12");
            gatun.closeInput();
            assertThat(gatun.await().code()).isEqualTo(6);
        }
    }

    @Test
    void levelsSaySoMuchAndNoMore() {
        String end = "kill -HUP $PPID; exit 3";
        String trap = "trap 'exit 3' HUP; kill -HUP $PPID; while :; do sleep 0.01; done";
        assertThat(Gatun.run().shell(trap).finish().err()).isEmpty();
        assertThat(Gatun.run("--log-level", "error", "-v", "-v").shell(trap).finish().err())
                .contains("gatun: started pid=", "gatun: forwarding signal signal=SIGHUP");
        assertThat(Gatun.run("--log-level=error").shell(end).finish().err()).isEmpty();
    }

    /** What a child prints on the shared stream stays in one piece with what we do. */
    @Test
    void linesAreWhole() {
        Gatun run = Gatun.run("-v")
                .shell("kill -USR1 $PPID; trap : USR1; for i in $(seq 500); do echo \"line $i end\" >&2; done");
        Gatun.Ended ended = run.finish();
        assertThat(ended.err().lines()).allMatch(line -> line.matches("line \\d+ end|gatun: .*"));
    }

    @Test
    void controlCharactersOfTheCommandDoNotReachTheTerminal() {
        Gatun.Ended ended = Gatun.run("-v").command("true", "\u001b[31mred", "two\nlines").finish();
        assertThat(ended.err()).contains("\\u001b[31mred two\\nlines").doesNotContain("\u001b");
    }
}
