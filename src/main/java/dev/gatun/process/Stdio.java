package dev.gatun.process;

import static java.util.Objects.requireNonNull;

/** Where the output of a launched process goes. */
public sealed interface Stdio {

    /** To whoever launched it. */
    record Captured(ProcOutput stdout, ProcOutput stderr) implements Stdio {
        public Captured {
            requireNonNull(stdout, "stdout");
            requireNonNull(stderr, "stderr");
        }
    }

    /** To where the launcher's own goes. */
    record Inherited() implements Stdio {}

    /** The launcher keeps it, or whoever it asked to start the process. */
    record ManagedByLauncher() implements Stdio {}
}
