package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
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
    private boolean expired;

    TestLoop() {
        this(new SystemLibc());
    }

    TestLoop(Libc libc) {
        this.libc = libc;
        this.loop = EventLoop.open(libc, problems::add);
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
