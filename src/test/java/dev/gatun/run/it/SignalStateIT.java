package dev.gatun.run.it;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masks and dispositions that a child starts with, read by a program that changes none. */
class SignalStateIT {

    /** Itself it changes none, where grep for instance catches SEGV. */
    private static final String[] SHOW = {"cat", "/proc/self/status"};

    private static final String CLEAN = state(0);

    /** All that can be, 32 and 33 of the C library aside. */
    private static final int[] ALL = IntStream.rangeClosed(1, 64)
            .filter(signal -> !List.of(Kernel.KILL, Kernel.STOP, 32, 33).contains(signal))
            .toArray();

    private static String state(long ignored) {
        return "SigBlk:\t%016x\nSigIgn:\t%016x\nSigCgt:\t%016x\n".formatted(0, ignored, 0);
    }

    private static String seen(Gatun run) {
        return run.finish().out().lines().filter(line -> line.matches("Sig(Blk|Ign|Cgt):.*"))
                .collect(joining("\n", "", "\n"));
    }

    @Test
    void isClean() {
        assertThat(seen(Gatun.run().command(SHOW))).isEqualTo(CLEAN);
    }

    @Test
    void isCleanAfterACallerThatBlocksEverything() {
        Gatun run = Gatun.run().command(SHOW);
        assertThat(seen(new Caller().blocks(ALL).calls(run))).isEqualTo(CLEAN);
    }

    /** But for HUP, which nohup(1) has ignored for the program's sake. */
    @Test
    void keepsOnlyHupIgnored() {
        Gatun run = Gatun.run().command(SHOW);
        assertThat(seen(new Caller().ignores(ALL).calls(run))).isEqualTo(state(1));
    }

    @Test
    void nohupHolds() {
        try (RunningGatun gatun = Gatun.run().within("nohup").shell("echo ready; read line; exit 5").start()) {
            gatun.out().await("ready");
            gatun.signal(Kernel.HUP);
            gatun.closeInput();
            assertThat(gatun.await().code()).isEqualTo(5);
        }
    }

    /** Whatever the caller ignores, Gatun itself hears what it has to. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void signalsAreForwardedForACallerThatIgnoresOrBlocksThem(boolean blocked) {
        Gatun run = Gatun.run().command(Python.script("recorder.py", "--end", "15=9", "child"));
        Caller caller = blocked ? new Caller().blocks(ALL) : new Caller().ignores(ALL);
        try (RunningGatun gatun = caller.calls(run).start()) {
            gatun.awaitReady("child");
            for (int signal : List.of(Kernel.HUP, Kernel.INT, Kernel.QUIT, Kernel.USR1, Kernel.RTMIN, Kernel.TERM)) {
                gatun.signal(signal);
                gatun.out().await("got " + signal + " ");
            }
            assertThat(gatun.await().code()).isEqualTo(9);
        }
    }
}
