package dev.gatun.engine.container;

import dev.gatun.process.ProcExit;
import java.util.List;
import java.util.Optional;

/** What the engine says of a container's end. */
sealed interface ContainerEnd {

    /** Code of a program that SIGKILL has ended, as engines fold it. */
    int KILLED = 128 + 9;

    /** As the exit of a process. */
    ProcExit exit(boolean wasKilledByUs, Optional<List<String>> tail);

    /** It is there, and ended. */
    record Ended(int code, boolean isOutOfMemory) implements ContainerEnd {

        /**
         * Engines fold signals into codes, so 143 may be a program that ended by SIGTERM or one that says so by its code,
         * as a JVM does. Only a kill of ours and one of the kernel's are certain.
         */
        @Override
        public ProcExit exit(boolean wasKilledByUs, Optional<List<String>> tail) {
            if (code == KILLED && isOutOfMemory) {
                return new ProcExit.Signalled(9, false, "container OOMKilled", tail);
            }
            if (code == KILLED && wasKilledByUs) {
                return new ProcExit.Signalled(9, false, tail);
            }
            return new ProcExit.Exited(code, tail);
        }
    }

    /** Somebody has removed it, or is about to: a removal kills, and what it ended with is the end of that. */
    record Gone(String id) implements ContainerEnd {

        @Override
        public ProcExit exit(boolean wasKilledByUs, Optional<List<String>> tail) {
            return new ProcExit.Failed("container " + id + " is gone: removed by somebody else", tail);
        }
    }
}
