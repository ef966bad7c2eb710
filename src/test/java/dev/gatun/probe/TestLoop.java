package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A loop on the real kernel, turned by the thread of the test. */
final class TestLoop implements AutoCloseable {

    /** Only a broken test ever waits this long. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Libc libc;
    final List<Throwable> problems = new ArrayList<>();
    final EventLoop loop;
    private final long openAtStart;
    private boolean expired;

    TestLoop() {
        this(new SystemLibc());
    }

    TestLoop(Libc libc) {
        this.libc = libc;
        this.loop = EventLoop.open(libc, problems::add);
        this.openAtStart = open();
    }

    /** How many sockets and pidfds there are. */
    private static long open() {
        long count = 0;
        for (String number : new File("/proc/self/fd").list()) {
            try {
                String target = Files.readSymbolicLink(Path.of("/proc/self/fd", number)).toString();
                count += target.startsWith("socket:") || target.contains("pidfd") ? 1 : 0;
            } catch (IOException closedMeanwhile) {
                continue;
            }
        }
        return count;
    }

    /** Turns the loop until whatever was opened since the beginning has been closed, by itself. */
    void untilAllIsClosed() {
        until("the end of sockets and processes", () -> {
            loop.schedule(Duration.ofMillis(5), () -> {});
            return open() <= openAtStart;
        });
    }

    /** Turns the loop until something is so. */
    void until(String what, BooleanSupplier condition) {
        expired = false;
        Timer deadline = loop.schedule(PATIENCE, () -> expired = true);
        while (!condition.getAsBoolean()) {
            loop.runOnce();
            assertThat(expired).as("still waiting for %s after %s; problems: %s", what, PATIENCE, problems).isFalse();
        }
        deadline.cancel();
    }

    /** Turns the loop for a while: for what must not happen. */
    void turn(Duration time) {
        boolean[] over = new boolean[1];
        loop.schedule(time, () -> over[0] = true);
        until("the time to pass", () -> over[0]);
    }

    @Override
    public void close() {
        loop.close();
    }
}
