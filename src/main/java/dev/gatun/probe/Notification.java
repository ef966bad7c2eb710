package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Something that a service says of itself (sd_notify(3)). */
public sealed interface Notification {

    /** One for each record of this type. */
    enum Kind {
        READY, RELOADING, STOPPING, STATUS, ERROR_NUMBER, BUS_ERROR, MAIN_PID, WATCHDOG, WATCHDOG_TRIGGER,
        WATCHDOG_INTERVAL, EXTEND_TIMEOUT
    }

    Kind kind();

    /** {@code READY=1}: the start, or a reload, is over. */
    record Ready() implements Notification {
        @Override
        public Kind kind() {
            return Kind.READY;
        }
    }

    /** {@code RELOADING=1}: the configuration is being read anew; {@code READY=1} follows. */
    record Reloading() implements Notification {
        @Override
        public Kind kind() {
            return Kind.RELOADING;
        }
    }

    /** {@code STOPPING=1}: the service is about to end. */
    record Stopping() implements Notification {
        @Override
        public Kind kind() {
            return Kind.STOPPING;
        }
    }

    /** {@code STATUS=…}: one line for people to read. */
    record Status(String text) implements Notification {
        public Status {
            requireNonNull(text);
        }

        @Override
        public Kind kind() {
            return Kind.STATUS;
        }
    }

    /** {@code ERRNO=…}: why the service has failed. */
    record ErrorNumber(int errno) implements Notification {
        @Override
        public Kind kind() {
            return Kind.ERROR_NUMBER;
        }
    }

    /** {@code BUSERROR=…}: why the service has failed, as D-Bus names it. */
    record BusError(String name) implements Notification {
        public BusError {
            requireNonNull(name);
        }

        @Override
        public Kind kind() {
            return Kind.BUS_ERROR;
        }
    }

    /** {@code MAINPID=…}: the service takes another process for its leader. Ours stays the one that was started. */
    record MainPid(int pid) implements Notification {
        @Override
        public Kind kind() {
            return Kind.MAIN_PID;
        }
    }

    /** {@code WATCHDOG=1}: the service is alive. */
    record Watchdog() implements Notification {
        @Override
        public Kind kind() {
            return Kind.WATCHDOG;
        }
    }

    /** {@code WATCHDOG=trigger}: the service has seen that it is past help. */
    record WatchdogTrigger() implements Notification {
        @Override
        public Kind kind() {
            return Kind.WATCHDOG_TRIGGER;
        }
    }

    /** {@code WATCHDOG_USEC=…}: how often it is going to say that it is alive from now on; zero is never. */
    record WatchdogInterval(Duration interval) implements Notification {
        public WatchdogInterval {
            requireNonNull(interval);
        }

        @Override
        public Kind kind() {
            return Kind.WATCHDOG_INTERVAL;
        }
    }

    /** {@code EXTEND_TIMEOUT_USEC=…}: what is under way takes as long again, from now on. */
    record ExtendTimeout(Duration time) implements Notification {
        public ExtendTimeout {
            requireNonNull(time);
        }

        @Override
        public Kind kind() {
            return Kind.EXTEND_TIMEOUT;
        }
    }
}
