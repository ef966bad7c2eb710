package dev.gatun.service.dump;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import java.time.Duration;
import java.util.Optional;

/** What came of a dump. */
public sealed interface DumpResult {

    /** In words, as the end of a sentence. */
    String describe();

    /**
     * It is complete.
     *
     * @param file absolute; absent where a command has taken it, which knows itself where it is
     * @param took from the request on
     */
    record Taken(Optional<CString> file, Duration took) implements DumpResult {

        public Taken {
            requireNonNull(file);
            requireNonNull(took);
        }

        @Override
        public String describe() {
            String where = file.isPresent() ? file.get().toString() : "dump.command";
            return "taken in " + Words.duration(took) + ": " + where;
        }
    }

    /**
     * There is none, or not all of one.
     *
     * @param reason in words, what is left of it included
     */
    record Failed(String reason) implements DumpResult {

        public Failed {
            requireNonNull(reason);
        }

        @Override
        public String describe() {
            return reason;
        }
    }
}
