package dev.gatun.spawner.message;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/** What came of a request. */
public sealed interface Result {

    @Description("Result of hello")
    record Hello(
            @Description("The spawner's name") String name,
            @Description("The spawner's version") String version,
            @Description("The versions of the protocol that it speaks; 1 is among them") List<Integer> protocols,
            @Description("SPAWNER_COOKIE of its environment") String cookie,
            @Description("What it can do") SpawnerCapabilities capabilities)
            implements
                Result {
        public Hello {
            requireNonNull(name, "name");
            requireNonNull(version, "version");
            protocols = List.copyOf(protocols);
            requireNonNull(cookie, "cookie");
            requireNonNull(capabilities, "capabilities");
        }
    }

    @Description("Result of launch")
    record Launch(
            @Description("true") boolean accepted,
            @Description("By which the spawner finds the process again") String handle)
            implements
                Result {
        /** @throws IllegalArgumentException if it was not accepted: that is said by an error */
        public Launch {
            requireNonNull(handle, "handle");
            if (!accepted) {
                throw new IllegalArgumentException("field accepted: expected true, or an error in place of a result");
            }
        }
    }

    @Description("Result of list")
    record Processes(@Description("All processes that are not over") List<Listed> procs) implements Result {
        public Processes {
            procs = List.copyOf(procs);
        }
    }

    /** One process of a list. */
    record Listed(
            @Description("The name of the process") String proc,
            @Description("Which launch of that name") long generation,
            @Description("What the result of its launch said") String handle,
            @Description("Its pid, where it has one on this machine") OptionalInt pid) {
        public Listed {
            requireNonNull(proc, "proc");
            requireNonNull(handle, "handle");
            requireNonNull(pid, "pid");
        }
    }

    @Description("Result of recover: the process is known; if it is over, its exit follows")
    record Recovered(
            @Description("true") boolean known,
            @Description("Its pid, where it has one on this machine") OptionalInt pid,
            @Description("When it was started, RFC 3339") Instant startedAt)
            implements
                Result {
        public Recovered {
            requireNonNull(pid, "pid");
            requireNonNull(startedAt, "startedAt");
        }
    }

    @Description("Result of recover: nothing is known of the process")
    record NotRecovered(@Description("false") boolean known) implements Result {}

    @Description("Result of terminate, kill, ping and shutdown")
    record Done() implements Result {}

    /**
     * None that there should be. Not on the wire.
     *
     * @param reason what is wrong with it, as a sentence
     */
    record Malformed(String reason) implements Result {
        public Malformed {
            requireNonNull(reason, "reason");
        }
    }
}
