package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import java.time.Duration;
import java.util.OptionalLong;

/** Waits for a service to say that it is alive, and tells when it has not. For the loop's thread. */
public final class NotifyWatchdog {

    /** Hears that a service has been silent for too long, or has given itself up; once a run. */
    @FunctionalInterface
    public interface Listener {
        /** @param reason in words, as the end of a sentence: {@code no WATCHDOG=1 within 30 s} */
        void onExpired(String reason);
    }

    private final EventLoop loop;
    private final Listener listener;
    private WatchdogDeadline deadline = WatchdogDeadline.atStart(Duration.ZERO);
    private boolean running;

    /**
     * One timer, which looks for itself when it is due whether the deadline has moved on: to replace it at each message
     * would fill the loop with timers that are none.
     */
    private Timer timer;

    private long timerAtNanos;

    public NotifyWatchdog(EventLoop loop, Listener listener) {
        this.loop = requireNonNull(loop);
        this.listener = requireNonNull(listener);
    }

    /**
     * Begins with a run of the service, of which nothing is known yet.
     *
     * @param interval how long it may be silent, once it is ready; zero is for ever, unless it says otherwise
     */
    public void start(Duration interval) {
        stop();
        deadline = WatchdogDeadline.atStart(interval);
        running = true;
    }

    /** The service has said something. */
    public void onNotification(Notification notification) {
        if (running) {
            deadline = deadline.on(notification, loop.nanos());
            arm();
        }
    }

    /** The run is over, or about to be. */
    public void stop() {
        running = false;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void arm() {
        OptionalLong due = deadline.due();
        if (due.isEmpty() || timer != null && timerAtNanos <= due.getAsLong()) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerAtNanos = due.getAsLong();
        timer = loop.schedule(Duration.ofNanos(Math.max(0, timerAtNanos - loop.nanos())), this::look);
    }

    private void look() {
        timer = null;
        OptionalLong due = deadline.due();
        if (due.isPresent() && due.getAsLong() <= loop.nanos()) {
            running = false;
            listener.onExpired(deadline.reason());
        } else {
            arm();
        }
    }
}
