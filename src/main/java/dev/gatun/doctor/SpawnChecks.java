package dev.gatun.doctor;

import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.SpawnTape;
import dev.gatun.linux.Spawned;
import java.util.Arrays;
import java.util.List;

/** The proof of it all: a program is started the way {@code gatun run} starts it. */
final class SpawnChecks extends Checks {

    private static final String PROGRAM = "/bin/true";
    private static final int ROUNDS = 25;

    private final Libc libc;

    SpawnChecks(Libc libc) {
        this.libc = libc;
    }

    @Override
    String heading() {
        return "spawn";
    }

    @Override
    void run() {
        check("true", this::spawn);
    }

    private Finding spawn() {
        CString program = CString.of(PROGRAM);
        SpawnTape tape = SpawnTape.builder()
                .newProcessGroup()
                .closeDescriptorsExcept()
                .resetSignals(SignalSet.NONE)
                .execute(program, List.of(program), List.of(), false)
                .build();
        long[] nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            SpawnResult result = tape.spawn(libc);
            nanos[round] = System.nanoTime() - start;
            if (result instanceof SpawnFailure failure) {
                return failed(failure);
            }
            Spawned spawned = (Spawned) result;
            spawned.pidfd().close();
            int pid = spawned.pid();
            Children.Change change = new Children(libc)
                    .await(pid)
                    .orElseThrow(() -> new IllegalStateException("somebody else has waited for pid " + pid));
            if (!change.status().exited() || change.status().exitCode() != 0) {
                return Finding.essential("true", "ended with " + change.status(),
                        "a program that always succeeds did not");
            }
        }
        long first = nanos[0];
        Arrays.sort(nanos);
        return Finding.ok(
                "true",
                micros(nanos[ROUNDS / 2]) + " µs, the first " + micros(first) + " µs",
                "median of " + ROUNDS + " from the call to the running program");
    }

    private static long micros(long nanos) {
        return Math.round(nanos / 1000.0);
    }

    private static Finding failed(SpawnFailure failure) {
        if (failure.isExec() && failure.errno() == Errno.ENOENT) {
            // All that is Gatun's part has worked, or the walk would have ended before.
            return Finding.ok("true", "as far as " + PROGRAM + ", which is not here",
                    "a program that exists would run");
        }
        return Finding.essential("true", failure.toString(), "no program can be started here");
    }
}
