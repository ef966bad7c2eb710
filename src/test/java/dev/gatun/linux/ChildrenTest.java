package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Children.Change;
import dev.gatun.linux.Children.Peek;
import dev.gatun.linux.Children.Presence;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class ChildrenTest {

    private final Children children = new Children(LIBC);

    @Test
    void seesThatThereIsNone() {
        assertThat(children.peek()).isEqualTo(new Peek(Presence.NONE, 0));
    }

    @Test
    void seesThatNoneHasEnded() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            assertThat(child.pid()).isPositive();
            assertThat(children.peek()).isEqualTo(new Peek(Presence.RUNNING, 0));
        }
    }

    @Test
    void peekLeavesTheEndedOne() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            child.send(Signal.TERM);
            child.awaitEnd();
            assertThat(children.peek()).isEqualTo(new Peek(Presence.ENDED, child.pid()));
            assertThat(children.peek()).isEqualTo(new Peek(Presence.ENDED, child.pid()));
            assertThat(child.status("State")).startsWith("Z");
            child.collect();
            assertThat(children.peek()).isEqualTo(new Peek(Presence.NONE, 0));
        }
    }

    @Test
    void peekFindsTheEndedOneAmongOthers() {
        try (RealChild running = RealChild.cat(RealChild.NOTHING);
                RealChild ended = RealChild.cat(RealChild.NOTHING);
                RealChild stopped = RealChild.cat(RealChild.NOTHING)) {
            stopped.send(Signal.STOP);
            Kernel.await("stop", () -> stopped.status("State").startsWith("T"));
            assertThat(children.peek()).as("a stop is no end").isEqualTo(new Peek(Presence.RUNNING, 0));
            ended.send(Signal.KILL);
            ended.awaitEnd();
            assertThat(children.peek()).isEqualTo(new Peek(Presence.ENDED, ended.pid()));
            ended.collect();
            assertThat(children.peek()).isEqualTo(new Peek(Presence.RUNNING, 0));
            running.echo();
        }
    }

    @Test
    void collectTakesTheEndOnce() {
        try (RealChild child = RealChild.shell(RealChild.NOTHING, "exit 7")) {
            child.awaitEnd();
            assertThat(child.collect().status()).isEqualTo(new WaitStatus(7 << 8));
            assertThat(children.collect(child.pid())).isEmpty();
            assertThat(children.await(child.pid())).isEmpty();
        }
    }

    @Test
    void collectDoesNotWait() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            assertThat(children.collect(child.pid())).isEmpty();
            child.echo();
        }
    }

    @Test
    void doesNotTakeAStranger() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING);
                RealChild other = RealChild.shell(RealChild.NOTHING, "exit 3")) {
            other.awaitEnd();
            assertThat(children.collect(child.pid())).isEmpty();
            assertThat(children.collect(1)).as("not a child of ours").isEmpty();
            assertThat(children.collectAnyChange(child.pid())).isEmpty();
            assertThat(other.collect().status().exitCode()).isEqualTo(3);
        }
    }

    @Test
    void awaitWaitsForTheEnd() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            Thread killer = Thread.ofPlatform().start(() -> child.send(Signal.KILL));
            Optional<Change> change = children.await(child.pid());
            assertThat(change).get().extracting(Change::status).isEqualTo(new WaitStatus(9));
            join(killer);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    @Test
    void stopAndContinuationAreSeenWhereAsked() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            child.send(Signal.STOP);
            Kernel.await("stop", () -> child.status("State").startsWith("T"));
            assertThat(children.collect(child.pid())).as("not asked for").isEmpty();
            Change stop = children.collectAnyChange(child.pid()).orElseThrow();
            assertThat(stop.status().stopped()).isTrue();
            assertThat(stop.status().signal()).isEqualTo(Signal.STOP.number());
            assertThat(children.collectAnyChange(child.pid())).as("told once").isEmpty();

            child.send(Signal.CONT);
            child.echo();
            assertThat(children.collect(child.pid())).as("not asked for").isEmpty();
            Change continuation = children.collectAnyChange(child.pid()).orElseThrow();
            assertThat(continuation.status().continued()).isTrue();

            child.send(Signal.KILL);
            child.awaitEnd();
            assertThat(children.collectAnyChange(child.pid()).orElseThrow().status().signal()).isEqualTo(9);
        }
    }

    @Test
    void measuresWhatTheChildUsed() {
        String burn = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
        try (RealChild child = RealChild.shell(RealChild.NOTHING, burn)) {
            Change change = child.finish().change();
            assertThat(change.status().exitCode()).isZero();
            assertThat(change.cpuMicros()).isBetween(10_000L, 60_000_000L);
            // As documented: at least what this JVM had at the spawn, since the memory was shared.
            assertThat(change.maxRssBytes()).isBetween(1L << 20, 1L << 40)
                    .isEqualTo(change.maxRssBytes() / 1024 * 1024);
        }
    }

    @Test
    void interruptionsAreNoFailures() {
        try (RealChild child = RealChild.shell(RealChild.NOTHING, "exit 4")) {
            child.awaitEnd();
            AtomicInteger calls = new AtomicInteger();
            Libc interrupted = Kernel.with("waitid", arguments -> calls.getAndIncrement() == 0
                    ? (long) -Errno.EINTR
                    : LIBC.waitid((int) arguments[0], (int) arguments[1], (MemorySegment) arguments[2],
                            (int) arguments[3]));
            assertThat(new Children(interrupted).peek()).isEqualTo(new Peek(Presence.ENDED, child.pid()));
            assertThat(calls).hasValue(2);

            Libc interruptedWait = Kernel.with("wait4", arguments -> calls.getAndIncrement() == 2
                    ? (long) -Errno.EINTR
                    : LIBC.wait4((int) arguments[0], (MemorySegment) arguments[1], (int) arguments[2],
                            (MemorySegment) arguments[3]));
            assertThat(new Children(interruptedWait).await(child.pid()).orElseThrow().status().exitCode()).isEqualTo(4);
            assertThat(calls).hasValue(4);
        }
    }

    @Test
    void otherFailuresAreTold() {
        Libc broken = Kernel.with("waitid", arguments -> (long) -Errno.EINVAL);
        assertThatThrownBy(() -> new Children(broken).peek()).hasMessage("waitid(P_ALL): EINVAL (Invalid argument)");
        Libc brokenWait = Kernel.with("wait4", arguments -> (long) -Errno.EINVAL);
        assertThatThrownBy(() -> new Children(brokenWait).collect(5)).hasMessage("wait4(5): EINVAL (Invalid argument)");
    }
}
