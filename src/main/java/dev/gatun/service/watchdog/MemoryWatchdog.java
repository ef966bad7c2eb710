package dev.gatun.service.watchdog;

import static java.util.Objects.requireNonNull;

import dev.gatun.events.FlightRecording;
import dev.gatun.events.WatchdogSampleEvent;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import java.time.Duration;

/**
 * Watches the memory of one service: samples it when the core says so, and tells a listener what changed. It sleeps in
 * between; who learns from the kernel that memory gets short calls {@link #look} at once. For the loop's thread.
 */
public final class MemoryWatchdog {

    /** Hears of changes. */
    public interface Listener {

        void onWarning(long bytes, Thresholds thresholds);

        void onRecovered(long bytes, Thresholds thresholds);

        /** Too much is in use. No sample is taken any more until {@link #start}. */
        void onExceeded(long bytes, Thresholds thresholds);

        /** No sample can be taken; told once until one can. */
        void onUnreadable();
    }

    /** After the kernel's word that memory gets short: it repeats it as long as that is so. */
    private static final long TRIGGERED_PAUSE_NANOS = 50_000_000;

    private final String process;
    private final EventLoop loop;
    private final MemoryGauge gauge;
    private final Thresholds thresholds;
    private final SamplePeriod period;
    private final Listener listener;

    private Level level = Level.HEALTHY;
    private Timer timer;
    private long lastBytes = -1;
    private long lastNanos;
    private boolean unreadable;

    /**
     * A watchdog that does not watch yet.
     *
     * @param process its name, for recordings
     * @param poll the longest time between two samples
     */
    public MemoryWatchdog(
            String process, EventLoop loop, MemoryGauge gauge, Thresholds thresholds, Duration poll,
            Listener listener) {
        this.process = requireNonNull(process);
        this.loop = requireNonNull(loop);
        this.gauge = requireNonNull(gauge);
        this.thresholds = requireNonNull(thresholds);
        this.period = new SamplePeriod(poll, thresholds);
        this.listener = requireNonNull(listener);
    }

    /** Begins to watch a run; the first sample is due after a whole period. */
    public void start() {
        stop();
        level = Level.HEALTHY;
        lastBytes = -1;
        lastNanos = loop.nanos();
        timer = loop.schedule(period.poll(), this::sample);
    }

    /** Ends the watch. */
    public void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Says that the stop for the limit's sake has begun. */
    public void terminating() {
        level = Level.TERMINATING;
    }

    public Level level() {
        return level;
    }

    /** The last sample; negative before the first. */
    public long lastBytes() {
        return lastBytes;
    }

    /** Takes a sample now, unless the last one is fresh. */
    public void look() {
        if (timer != null && loop.nanos() - lastNanos >= TRIGGERED_PAUSE_NANOS) {
            timer.cancel();
            sample();
        }
    }

    private void sample() {
        timer = null;
        long bytes = gauge.measure(thresholds.softBytes());
        long now = loop.nanos();
        Duration next = period.poll();
        if (bytes < 0) {
            if (!unreadable) {
                listener.onUnreadable();
            }
            unreadable = true;
        } else {
            unreadable = false;
            next = period.next(bytes, lastBytes < 0 ? 0 : bytes - lastBytes, now - lastNanos);
            judge(bytes);
            lastBytes = bytes;
        }
        lastNanos = now;
        if (level != Level.HARD_LIMIT && level != Level.TERMINATING && timer == null) {
            timer = loop.schedule(next, this::sample);
        }
    }

    private void judge(long bytes) {
        Level before = level;
        level = before.after(bytes, thresholds);
        record(bytes);
        if (level == before) {
            return;
        }
        switch (level) {
            case HEALTHY -> listener.onRecovered(bytes, thresholds);
            case SOFT_WARNING -> listener.onWarning(bytes, thresholds);
            case HARD_LIMIT -> listener.onExceeded(bytes, thresholds);
            case TERMINATING -> {}
        }
    }

    private void record(long bytes) {
        if (FlightRecording.isOn()) {
            WatchdogSampleEvent event = new WatchdogSampleEvent();
            event.process = process;
            event.usedBytes = bytes;
            event.limitBytes = thresholds.limitBytes();
            event.hardBytes = thresholds.hardBytes();
            event.level = level.text();
            event.commit();
        }
    }
}
