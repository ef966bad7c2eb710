package dev.gatun.loop;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.EventFd;
import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.MonotonicClock;
import dev.gatun.linux.TimerFd;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * The event loop: one thread, one epoll set, one timerfd over a heap of timers, one eventfd for wake-ups from elsewhere.
 * Between events it sleeps in {@code epoll_wait} without a timeout; nothing here polls.
 *
 * <p>Everything but {@link #post} and {@link #stop} belongs to the thread that calls {@link #run}. What a handler throws
 * goes to the error handler, and the loop goes on: whoever runs it may be PID 1.
 */
public final class EventLoop implements AutoCloseable {

    /** What to do with an exception that escaped a handler, a timer or a task. */
    @FunctionalInterface
    public interface ErrorHandler {
        void onError(Throwable problem);
    }

    private final Epoll epoll;
    private final TimerFd timerFd;
    private final EventFd wakeUp;
    private final MonotonicClock clock;
    private final ErrorHandler errorHandler;

    private final Map<Long, Watch> watches = new HashMap<>();
    private final TimerHeap timers = new TimerHeap();
    private final Object taskLock = new Object();
    private ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private ArrayDeque<Runnable> running = new ArrayDeque<>();

    private long lastToken;
    private long armedForNanos = Timer.NEVER;
    private volatile boolean stopped;

    private EventLoop(
            Epoll epoll, TimerFd timerFd, EventFd wakeUp, MonotonicClock clock, ErrorHandler errorHandler) {
        this.epoll = epoll;
        this.timerFd = timerFd;
        this.wakeUp = wakeUp;
        this.clock = clock;
        this.errorHandler = errorHandler;
        watch(timerFd, Epoll.READABLE, readiness -> timerFd.drain());
        watch(wakeUp, Epoll.READABLE, readiness -> wakeUp.drain());
    }

    /**
     * Opens the loop's three descriptors.
     *
     * @throws LinuxException when there are none left
     */
    public static EventLoop open(Libc libc, ErrorHandler errorHandler) {
        requireNonNull(errorHandler);
        MonotonicClock clock = new MonotonicClock(requireNonNull(libc));
        ArrayDeque<Fd> opened = new ArrayDeque<>();
        try {
            Epoll epoll = Epoll.open(libc);
            opened.add(epoll);
            TimerFd timerFd = TimerFd.open(libc);
            opened.add(timerFd);
            EventFd wakeUp = EventFd.open(libc);
            opened.add(wakeUp);
            return new EventLoop(epoll, timerFd, wakeUp, clock, errorHandler);
        } catch (LinuxException refused) {
            opened.forEach(Fd::close);
            throw refused;
        }
    }

    /** Monotonic time, now. */
    public long nanos() {
        return clock.nanos();
    }

    /**
     * Calls the handler whenever the descriptor is ready, level-triggered, until the watch is cancelled.
     *
     * @param interest {@code READABLE}, {@code WRITABLE}, {@code URGENT} of {@link Epoll}
     */
    public Watch watch(Fd fd, int interest, Watch.Handler handler) {
        long token = ++lastToken;
        epoll.add(fd, interest, token);
        Watch watch = new Watch(this, fd, token, handler);
        watches.put(token, watch);
        return watch;
    }

    void cancel(Watch watch) {
        if (watches.remove(watch.token()) != null) {
            epoll.remove(watch.fd());
        }
    }

    /** Runs the action once, after the delay; not before the handlers that are due now have run. */
    public Timer schedule(Duration delay, Runnable action) {
        Timer timer = new Timer(clock.nanos() + delay.toNanos(), requireNonNull(action));
        timers.add(timer);
        return timer;
    }

    /** Has the loop's thread run a task. From any thread; tasks of one thread run in their order. */
    public void post(Runnable task) {
        requireNonNull(task);
        synchronized (taskLock) {
            tasks.add(task);
        }
        wakeUp.signal();
    }

    /** Makes {@link #run} return after the event at hand. From any thread. */
    public void stop() {
        stopped = true;
        wakeUp.signal();
    }

    /** Waits for events and handles them, until {@link #stop}. */
    public void run() {
        while (!stopped) {
            runOnce();
        }
    }

    /** Tells the error handler of a problem that must not end what is under way. */
    public void report(Throwable problem) {
        errorHandler.onError(problem);
    }

    /** One wait, and all that it brought. */
    public void runOnce() {
        armTimer();
        int count = epoll.await(-1);
        for (int i = 0; i < count; i++) {
            // A handler before this one may have cancelled the watch; its token is then gone, and never used again.
            Watch watch = watches.get(epoll.token(i));
            if (watch != null) {
                handle(watch, epoll.readiness(i));
            }
        }
        runTasks();
        runTimers();
    }

    private void handle(Watch watch, int readiness) {
        try {
            watch.handler().onReady(readiness);
        } catch (RuntimeException | Error problem) {
            errorHandler.onError(problem);
        }
    }

    private void runGuarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error problem) {
            errorHandler.onError(problem);
        }
    }

    private void runTasks() {
        synchronized (taskLock) {
            ArrayDeque<Runnable> posted = tasks;
            tasks = running;
            running = posted;
        }
        while (!running.isEmpty()) {
            runGuarded(running.removeFirst());
        }
    }

    private void runTimers() {
        if (timers.isEmpty()) {
            return;
        }
        long now = clock.nanos();
        Timer due = timers.removeDue(now);
        while (due != null) {
            runGuarded(due.fire());
            due = timers.removeDue(now);
        }
    }

    private void armTimer() {
        long next = timers.nextNanos();
        if (next == armedForNanos) {
            return;
        }
        if (next == Timer.NEVER) {
            timerFd.disarm();
        } else {
            timerFd.arm(next);
        }
        armedForNanos = next;
    }

    /** Closes the loop's own descriptors; those it watches belong to others. */
    @Override
    public void close() {
        wakeUp.close();
        timerFd.close();
        epoll.close();
    }
}
