package dev.gatun.spawner.message;

import static java.util.Objects.requireNonNull;

/** A method and its parameters. */
public sealed interface Call {

    Method method();

    @Description("The first request of a connection")
    record Hello(
            @Description("The version of the protocol: 1") int protocol,
            @Description("Who asks") Peer launcher,
            @Description("SPAWNER_COOKIE of the spawner's environment") String cookie)
            implements
                Call {
        public Hello {
            requireNonNull(launcher, "launcher");
            requireNonNull(cookie, "cookie");
        }

        @Override
        public Method method() {
            return Method.HELLO;
        }
    }

    /** A program and its version. */
    record Peer(@Description("Its name") String name, @Description("Its version") String version) {
        public Peer {
            requireNonNull(name, "name");
            requireNonNull(version, "version");
        }
    }

    @Description("Start a process")
    record Launch(
            @Description("The name of the process") String proc,
            @Description("Grows with each launch of that name") long generation,
            @Description("What to start, and how") WireOptions options)
            implements
                Call {
        public Launch {
            requireNonNull(proc, "proc");
            requireNonNull(options, "options");
        }

        @Override
        public Method method() {
            return Method.LAUNCH;
        }
    }

    @Description("Begin to stop a process and its descendants")
    record Terminate(
            @Description("The name of the process") String proc,
            @Description("Which launch of that name") long generation,
            @Description("How long it may take before what is left is killed") double timeoutSecs)
            implements
                Call {
        public Terminate {
            requireNonNull(proc, "proc");
        }

        @Override
        public Method method() {
            return Method.TERMINATE;
        }
    }

    @Description("Kill a process and its descendants")
    record Kill(
            @Description("The name of the process") String proc,
            @Description("Which launch of that name") long generation)
            implements
                Call {
        public Kill {
            requireNonNull(proc, "proc");
        }

        @Override
        public Method method() {
            return Method.KILL;
        }
    }

    @Description("Tell all processes that are not over")
    record Processes() implements Call {
        @Override
        public Method method() {
            return Method.LIST;
        }
    }

    @Description("Find a process again, after a reconnection or a restart")
    record Recover(
            @Description("The name of the process") String proc,
            @Description("Which launch of that name") long generation,
            @Description("What the result of its launch said") String handle)
            implements
                Call {
        public Recover {
            requireNonNull(proc, "proc");
            requireNonNull(handle, "handle");
        }

        @Override
        public Method method() {
            return Method.RECOVER;
        }
    }

    @Description("Answer, to show that somebody is there")
    record Ping() implements Call {
        @Override
        public Method method() {
            return Method.PING;
        }
    }

    @Description("End")
    record Shutdown(@Description("stop: end all processes first; detach: leave them") Mode mode) implements Call {
        public Shutdown {
            requireNonNull(mode, "mode");
        }

        @Override
        public Method method() {
            return Method.SHUTDOWN;
        }
    }

    /** What becomes of the processes when their spawner ends. */
    enum Mode {
        STOP, DETACH
    }
}
