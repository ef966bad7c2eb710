package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.lifecycle.ExitStatus;
import java.util.List;
import java.util.Optional;

/** How a process ended, as its launcher knows it: the only word on that. */
public sealed interface ProcExit {

    /** The last lines of its standard error, the oldest first; empty where nobody kept them, which is not the same as none. */
    Optional<List<String>> stderrTail();

    /** In words, as the end of a sentence: {@code exit code 3}, {@code SIGSEGV (11), core dumped}. */
    String describe();

    /** The same end with another tail. */
    ProcExit withTail(List<String> lines);

    /**
     * It ended by itself.
     *
     * @param code as the launcher tells it; -1 where it does not know
     */
    record Exited(int code, Optional<List<String>> stderrTail) implements ProcExit {
        public Exited {
            stderrTail = stderrTail.map(List::copyOf);
        }

        @Override
        public String describe() {
            return "exit code " + code;
        }

        @Override
        public Exited withTail(List<String> lines) {
            return new Exited(code, Optional.of(lines));
        }
    }

    /**
     * A signal ended it.
     *
     * @param oomEvidence what says that it was the OOM killer's; empty where nothing does
     */
    record Signalled(int signal, boolean coreDumped, String oomEvidence, Optional<List<String>> stderrTail)
            implements
                ProcExit {
        public Signalled {
            requireNonNull(oomEvidence, "oomEvidence");
            stderrTail = stderrTail.map(List::copyOf);
        }

        public Signalled(int signal, boolean coreDumped, Optional<List<String>> stderrTail) {
            this(signal, coreDumped, "", stderrTail);
        }

        @Override
        public String describe() {
            String how = signal >= 1 && signal <= 64
                    ? new ExitStatus.Signal(signal, coreDumped).describe()
                    : "signal " + signal;
            return oomEvidence.isEmpty() ? how : how + ", out of memory (" + oomEvidence + ")";
        }

        @Override
        public Signalled withTail(List<String> lines) {
            return new Signalled(signal, coreDumped, oomEvidence, Optional.of(lines));
        }
    }

    /** The launcher failed: it could not start the process, or has lost it. Whether it runs is then unknown. */
    record Failed(String reason, Optional<List<String>> stderrTail) implements ProcExit {
        public Failed {
            requireNonNull(reason, "reason");
            stderrTail = stderrTail.map(List::copyOf);
        }

        public Failed(String reason) {
            this(reason, Optional.empty());
        }

        @Override
        public String describe() {
            return reason;
        }

        @Override
        public Failed withTail(List<String> lines) {
            return new Failed(reason, Optional.of(lines));
        }
    }
}
