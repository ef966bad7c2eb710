package dev.gatun.probe;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * By when a service has to say that it is alive (sd_notify(3), {@code WATCHDOG_USEC}): the pure core of a
 * {@link NotifyWatchdog}. The first {@code READY=1} arms it, {@code STOPPING=1} ends it.
 *
 * @param intervalNanos how long it may be silent; 0 is for ever
 * @param phase what the service has said of itself
 * @param atNanos the deadline, where there is one
 * @param triggered whether the service itself has said that it is past help
 */
record WatchdogDeadline(long intervalNanos, Phase phase, long atNanos, boolean triggered) {

    /** What the service has said of itself. */
    enum Phase {
        STARTING, READY, STOPPING
    }

    /** Before the service has said anything; zero is no deadline until the service asks for one. */
    static WatchdogDeadline atStart(Duration interval) {
        return new WatchdogDeadline(interval.toNanos(), Phase.STARTING, 0, false);
    }

    /** The deadline in monotonic nanoseconds; empty without one. */
    OptionalLong due() {
        boolean armed = phase == Phase.READY && intervalNanos > 0;
        return armed || triggered ? OptionalLong.of(atNanos) : OptionalLong.empty();
    }

    WatchdogDeadline on(Notification notification, long nowNanos) {
        return switch (notification.kind()) {
            case READY -> phase == Phase.STARTING ? in(Phase.READY).at(nowNanos + intervalNanos) : this;
            case STOPPING -> in(Phase.STOPPING);
            case WATCHDOG -> triggered ? this : at(nowNanos + intervalNanos);
            case WATCHDOG_TRIGGER -> new WatchdogDeadline(intervalNanos, phase, nowNanos, true);
            case WATCHDOG_INTERVAL -> {
                long interval = ((Notification.WatchdogInterval) notification).interval().toNanos();
                WatchdogDeadline changed = new WatchdogDeadline(interval, phase, atNanos, triggered);
                yield triggered ? changed : changed.at(nowNanos + interval);
            }
            case EXTEND_TIMEOUT -> {
                long extended = nowNanos + ((Notification.ExtendTimeout) notification).time().toNanos();
                yield triggered ? this : at(Math.max(atNanos, extended));
            }
            case RELOADING, STATUS, ERROR_NUMBER, BUS_ERROR, MAIN_PID -> this;
        };
    }

    private WatchdogDeadline in(Phase next) {
        return new WatchdogDeadline(intervalNanos, next, atNanos, triggered);
    }

    private WatchdogDeadline at(long nanos) {
        return new WatchdogDeadline(intervalNanos, phase, nanos, triggered);
    }

    /** Why the time is up, in words. */
    String reason() {
        return triggered
                ? "it asked to be ended (WATCHDOG=trigger)"
                : "no WATCHDOG=1 within " + CheckResult.words(Duration.ofNanos(intervalNanos));
    }
}
