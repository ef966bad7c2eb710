package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.service.config.MemoryMode;
import dev.gatun.service.config.MemorySettings;
import dev.gatun.service.config.WatchdogSettings;
import java.util.Optional;

/** How much memory the service is promised, and from where on it has too much. */
public sealed interface MemoryPlan {

    /** For a switch at start: the first one over the types themselves takes 4 ms. */
    enum Kind {
        MANAGED,
        UNMANAGED,
        REFUSED
    }

    Kind kind();

    /**
     * There is a limit.
     *
     * @param mode how it was asked for
     * @param limitBytes the limit itself
     * @param source where it comes from, for people: a file, a key, the machine
     * @param effectiveBytes what the service is told it may use
     * @param softBytes from here on it is warned
     * @param hardBytes from here on it is stopped
     */
    record Managed(
            MemoryMode mode, long limitBytes, String source, long effectiveBytes, long softBytes, long hardBytes)
            implements
                MemoryPlan {

        public Managed {
            requireNonNull(mode);
            requireNonNull(source);
        }

        @Override
        public Kind kind() {
            return Kind.MANAGED;
        }
    }

    /**
     * Nothing is promised and nothing is watched.
     *
     * @param warning why not, where it was asked for
     */
    record Unmanaged(Optional<String> warning) implements MemoryPlan {

        public Unmanaged {
            requireNonNull(warning);
        }

        @Override
        public Kind kind() {
            return Kind.UNMANAGED;
        }
    }

    /** In a container a service is not started without its limit: nobody else would notice that it is gone. */
    record Refused(String problem) implements MemoryPlan {

        public Refused {
            requireNonNull(problem);
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }

    static MemoryPlan of(
            MemorySettings memory, WatchdogSettings watchdog, ContainerMode container, MemoryFacts facts) {
        return new MemoryPlanner(memory, watchdog, container, facts).plan();
    }
}
