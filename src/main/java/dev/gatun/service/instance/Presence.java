package dev.gatun.service.instance;

import java.util.Optional;

/** Whether a process of a service runs, as far as its files tell. */
public sealed interface Presence {

    /** For switches on the start path, where a pattern switch would cost more than all the rest. */
    enum Kind {
        RUNNING,
        STARTING,
        NOT_RUNNING,
        UNREADABLE
    }

    Kind kind();

    /** In words, as a sentence without its end. */
    String words();

    /** The launcher that is to be told to stop; empty where there is none. */
    Optional<ProcessIdentity> launcher();

    /**
     * It runs.
     *
     * @param process the process itself
     * @param launcher the launcher that stays with it; empty when that has become the process, or is gone
     */
    record Running(ProcessIdentity process, Optional<ProcessIdentity> launcher) implements Presence {

        public int pid() {
            return process.pid();
        }

        /** 0 without a launcher. */
        public int launcherPid() {
            return launcher.isPresent() ? launcher.get().pid() : 0;
        }

        @Override
        public Kind kind() {
            return Kind.RUNNING;
        }

        @Override
        public String words() {
            return "running as process " + pid()
                    + (launcher.isPresent() ? " under launcher " + launcherPid() : "");
        }
    }

    /**
     * Its launcher is there and itself is not: before its start, between two of them, or on the way out.
     *
     * @param isHandingOver the launcher is about to become the process, which nobody will hear of
     */
    record Starting(ProcessIdentity by, boolean isHandingOver) implements Presence {

        @Override
        public Kind kind() {
            return Kind.STARTING;
        }

        @Override
        public Optional<ProcessIdentity> launcher() {
            return Optional.of(by);
        }

        @Override
        public String words() {
            return "in the hands of launcher " + by.pid() + ", and not running itself";
        }
    }

    /**
     * It does not run.
     *
     * @param fileExisted whether there is a pid file all the same
     */
    record NotRunning(String reason, boolean fileExisted) implements Presence {

        @Override
        public Kind kind() {
            return Kind.NOT_RUNNING;
        }

        @Override
        public Optional<ProcessIdentity> launcher() {
            return Optional.empty();
        }

        @Override
        public String words() {
            return "not running: " + reason;
        }
    }

    /** It cannot be told. */
    record Unreadable(String reason) implements Presence {

        @Override
        public Kind kind() {
            return Kind.UNREADABLE;
        }

        @Override
        public Optional<ProcessIdentity> launcher() {
            return Optional.empty();
        }

        @Override
        public String words() {
            return reason;
        }
    }
}
