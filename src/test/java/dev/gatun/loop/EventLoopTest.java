package dev.gatun.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.SystemLibc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop on the real kernel. */
@Timeout(30)
class EventLoopTest {

    private final Libc libc = new SystemLibc();
    private final List<Throwable> problems = new ArrayList<>();
    private final EventLoop loop = EventLoop.open(libc, problems::add);
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment oneByte = arena.allocate(1);
    private final List<String> happened = new ArrayList<>();

    @AfterEach
    void close() {
        loop.close();
        arena.close();
    }

    private Runnable note(String what) {
        return () -> happened.add(what);
    }

    private Timer after(long millis, Runnable action) {
        return loop.schedule(Duration.ofMillis(millis), action);
    }

    private Watch watch(Pipe pipe, Watch.Handler handler) {
        return loop.watch(pipe.readEnd(), Epoll.READABLE, handler);
    }

    @Test
    void timersRunByTheirMomentsAndNotBefore() {
        long begin = loop.nanos();
        after(30, loop::stop);
        after(20, note("later"));
        after(10, note("sooner"));
        after(0, note("now"));
        loop.run();
        assertThat(happened).containsExactly("now", "sooner", "later");
        assertThat(loop.nanos() - begin).isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
    }

    @Test
    void aTimerCancelledByOneThatIsDueAtTheSameTimeDoesNotRun() {
        List<Timer> victims = new ArrayList<>();
        after(5, () -> victims.forEach(Timer::cancel));
        victims.add(after(5, note("cancelled")));
        // Both are due by the time that the loop looks.
        long until = loop.nanos() + Duration.ofMillis(6).toNanos();
        while (loop.nanos() < until) {
            Thread.onSpinWait();
        }
        after(0, loop::stop);
        loop.run();
        assertThat(happened).isEmpty();
    }

    @Test
    void aTimerCanArmAnEarlierOne() {
        after(60_000, note("never reached"));
        after(5, () -> after(5, loop::stop));
        loop.run();
        assertThat(happened).isEmpty();
    }

    @Test
    void aCancelledTimerWakesNobody() {
        InterceptedLibc counting = new InterceptedLibc();
        try (EventLoop counted = EventLoop.open(counting.libc(), problems::add)) {
            for (int millis = 1; millis <= 20; millis++) {
                counted.schedule(Duration.ofMillis(millis), note("cancelled")).cancel();
            }
            counted.schedule(Duration.ofMillis(30), counted::stop);
            counted.run();
        }
        assertThat(counting.count("epoll_wait")).isEqualTo(1);
        assertThat(happened).isEmpty();
    }

    @Test
    void tasksOfAThreadRunInItsOrderOnTheLoopsThread() throws InterruptedException {
        int threads = 4;
        int each = 500;
        Map<Integer, List<Integer>> seen = new HashMap<>();
        List<Thread> runners = new ArrayList<>();
        Thread loopThread = Thread.currentThread();
        List<Thread> ranOn = new ArrayList<>();
        int[] left = {threads * each};
        for (int number = 0; number < threads; number++) {
            int thread = number;
            runners.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    int value = i;
                    loop.post(() -> {
                        ranOn.add(Thread.currentThread());
                        seen.computeIfAbsent(thread, key -> new ArrayList<>()).add(value);
                        if (--left[0] == 0) {
                            loop.stop();
                        }
                    });
                }
            }));
        }
        loop.run();
        for (Thread runner : runners) {
            runner.join();
        }
        assertThat(ranOn).containsOnly(loopThread);
        assertThat(seen).hasSize(threads);
        assertThat(seen.values()).allSatisfy(values -> assertThat(values).hasSize(each).isSorted());
    }

    @Test
    void aTaskPostedByATaskRunsToo() {
        loop.post(() -> {
            note("outer").run();
            loop.post(() -> {
                note("inner").run();
                loop.stop();
            });
        });
        loop.run();
        assertThat(happened).containsExactly("outer", "inner");
    }

    @Test
    void anotherThreadStopsALoopThatSleeps() throws InterruptedException {
        Thread other = Thread.ofPlatform().start(loop::stop);
        loop.run();
        other.join();
    }

    @Test
    void whatAHandlerThrowsIsReportedAndTheLoopGoesOn() {
        try (Pipe pipe = Pipe.open(libc)) {
            pipe.writeEnd().write(oneByte);
            Watch[] watch = new Watch[1];
            watch[0] = watch(pipe, readiness -> {
                watch[0].cancel();
                throw new IllegalStateException("handler");
            });
            loop.post(() -> {
                throw new AssertionError("task");
            });
            after(1, () -> {
                throw new IllegalArgumentException("timer");
            });
            after(5, loop::stop);
            loop.run();
        }
        assertThat(problems).extracting(Throwable::getMessage).containsExactlyInAnyOrder("handler", "task", "timer");
    }

    @Test
    void whatIsLeftInADescriptorIsReportedAgain() {
        try (Pipe pipe = Pipe.open(libc)) {
            for (int i = 0; i < 5; i++) {
                pipe.writeEnd().write(oneByte);
            }
            Watch watch = watch(pipe, readiness -> {
                assertThat(readiness & Epoll.READABLE).isNotZero();
                pipe.readEnd().read(oneByte);
                happened.add("byte");
                if (happened.size() == 5) {
                    loop.stop();
                }
            });
            loop.run();
            watch.cancel();
        }
        assertThat(happened).hasSize(5);
    }

    @Test
    void theEndOfAStreamIsReported() {
        try (Pipe pipe = Pipe.open(libc)) {
            Watch watch = watch(pipe, readiness -> {
                assertThat(readiness & Epoll.HANG_UP).isNotZero();
                loop.stop();
            });
            pipe.writeEnd().close();
            loop.run();
            watch.cancel();
        }
        assertThat(problems).isEmpty();
    }

    /** Whichever the kernel reports first takes the other out of the batch that both are in. */
    @Test
    void aHandlerThatWasCancelledByAnotherOfTheSameBatchIsNotCalled() {
        try (Pipe left = Pipe.open(libc);
                Pipe right = Pipe.open(libc)) {
            left.writeEnd().write(oneByte);
            right.writeEnd().write(oneByte);
            Watch[] watches = new Watch[2];
            watches[0] = watch(left, readiness -> cancelBoth(watches));
            watches[1] = watch(right, readiness -> cancelBoth(watches));
            loop.runOnce();
        }
        assertThat(happened).containsExactly("called");
    }

    private void cancelBoth(Watch[] watches) {
        happened.add("called");
        watches[0].cancel();
        watches[1].cancel();
    }

    /** The number of a descriptor is given out again at once: an old event must not reach its new owner. */
    @Test
    void anEventForAClosedDescriptorDoesNotReachTheNextOneOfItsNumber() {
        List<Pipe> pipes = new ArrayList<>(List.of(Pipe.open(libc), Pipe.open(libc)));
        List<Watch> watches = new ArrayList<>();
        for (Pipe pipe : pipes) {
            pipe.writeEnd().write(oneByte);
            watches.add(watch(pipe, readiness -> {
                note("old").run();
                watches.forEach(Watch::cancel);
                pipes.forEach(Pipe::close);
                Pipe fresh = Pipe.open(libc);
                watches.add(watch(fresh, news -> happened.add("new, without a cause")));
                pipes.add(fresh);
                after(5, loop::stop);
            }));
        }
        loop.run();
        watches.forEach(Watch::cancel);
        pipes.forEach(Pipe::close);
        assertThat(happened).containsExactly("old");
    }

    @Test
    void aSecondCancelDoesNothing() {
        try (Pipe pipe = Pipe.open(libc)) {
            Watch watch = watch(pipe, readiness -> {});
            watch.cancel();
            watch.cancel();
        }
    }

    @Test
    void anIdleLoopSleeps() {
        InterceptedLibc counting = new InterceptedLibc();
        try (EventLoop counted = EventLoop.open(counting.libc(), problems::add);
                Pipe pipe = Pipe.open(libc)) {
            pipe.writeEnd().write(oneByte);
            Watch watch = counted.watch(pipe.readEnd(), Epoll.READABLE, readiness -> pipe.readEnd().read(oneByte));
            counted.post(() -> {});
            counted.schedule(Duration.ofMillis(50), counted::stop);
            counted.run();
            watch.cancel();
        }
        // The byte and the task, in one wake-up or two, and the timer.
        assertThat(counting.count("epoll_wait")).isBetween(2, 3);
    }

    @Test
    void aLoopThatCannotBeOpenedLeavesNothingOpen() {
        for (String call : List.of("epoll_create1", "timerfd_create", "eventfd", "epoll_ctl")) {
            InterceptedLibc refusing = new InterceptedLibc().refuse(call, Errno.EMFILE);
            assertThatThrownBy(() -> EventLoop.open(refusing.libc(), problems::add))
                    .isInstanceOf(LinuxException.class)
                    .hasMessageContaining("EMFILE");
            int opened = refusing.count("epoll_create1") + refusing.count("timerfd_create") + refusing.count("eventfd");
            assertThat(refusing.count("close")).as("closed when %s is refused", call).isEqualTo(opened);
        }
    }

    @Test
    void aWatchThatIsRefusedLeavesTheLoopAsItWas() {
        try (Pipe pipe = Pipe.open(libc)) {
            pipe.readEnd().close();
            assertThatThrownBy(() -> watch(pipe, readiness -> {})).isInstanceOf(IllegalStateException.class);
        }
        after(1, loop::stop);
        loop.run();
        assertThat(problems).isEmpty();
    }
}
