package dev.gatun.spawner.message;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.ProcExit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What a spawner sends. */
public sealed interface SpawnerMessage {

    /** The answer to a request that was carried out. */
    record Reply(long id, Result result) implements SpawnerMessage {
        public Reply {
            requireNonNull(result, "result");
        }
    }

    /**
     * The answer to a request that was not carried out.
     *
     * @param id empty where the spawner could not read the line
     */
    record ErrorReply(OptionalLong id, SpawnerError error) implements SpawnerMessage {
        public ErrorReply {
            requireNonNull(id, "id");
            requireNonNull(error, "error");
        }
    }

    /** An event that this version of the protocol does not have; it is ignored. */
    record UnknownEvent(String event) implements SpawnerMessage {
        public UnknownEvent {
            requireNonNull(event, "event");
        }
    }

    /** Something that happened to a process. */
    sealed interface Event extends SpawnerMessage {

        /** The name of the process. */
        String proc();

        /** Which launch of that name. */
        long generation();

        /** The how manieth event of that generation, from 1. */
        long seq();
    }

    @Description("The process runs; at most once")
    record Started(
            @Description("The name of the process") String proc,
            @Description("Which launch of that name") long generation,
            @Description("Counts the events of the generation from 1") long seq,
            @Description("Its pid, where it has one on this machine") OptionalInt pid,
            @Description("Where it can be reached") Optional<String> address,
            @Description("When it was started, RFC 3339") Instant startedAt)
            implements
                Event {
        public Started {
            requireNonNull(proc, "proc");
            requireNonNull(pid, "pid");
            requireNonNull(address, "address");
            requireNonNull(startedAt, "startedAt");
        }
    }

    @Description("The process wrote something")
    record Log(
            @Description("The name of the process") String proc,
            @Description("Which launch of that name") long generation,
            @Description("Counts the events of the generation from 1") long seq,
            @Description("Where it wrote to") Stream stream,
            @Description("Lines, without their ends") List<String> lines)
            implements
                Event {
        public Log {
            requireNonNull(proc, "proc");
            requireNonNull(stream, "stream");
            lines = List.copyOf(lines);
        }
    }

    /** An output of a process. */
    enum Stream {
        STDOUT, STDERR
    }

    @Description("The process is over; exactly once")
    record Exit(
            @Description("The name of the process") String proc,
            @Description("Which launch of that name") long generation,
            @Description("Counts the events of the generation from 1") long seq,
            @Description("Its exit code; null where it is not known, which is understood as -1") OptionalInt exitCode,
            @Description("The signal that ended it; it wins over exit_code") OptionalInt signal,
            @Description("Whether core was dumped") boolean coreDumped,
            @Description("Why it could not be started or was lost, even if empty; it wins over all others") Optional<String> failedReason,
            @Description("The last lines of its standard error, the oldest first") List<String> stderrTail)
            implements
                Event {
        public Exit {
            requireNonNull(proc, "proc");
            requireNonNull(exitCode, "exitCode");
            requireNonNull(signal, "signal");
            requireNonNull(failedReason, "failedReason");
            stderrTail = List.copyOf(stderrTail);
        }

        /** What it says: the first that applies of a failure, a signal, an exit code. */
        public ProcExit understood() {
            Optional<List<String>> tail = Optional.of(stderrTail);
            if (failedReason.isPresent()) {
                return new ProcExit.Failed(failedReason.get(), tail);
            }
            if (signal.isPresent()) {
                return new ProcExit.Signalled(signal.getAsInt(), coreDumped, tail);
            }
            return new ProcExit.Exited(exitCode.orElse(-1), tail);
        }
    }

    /**
     * An exit one of whose five fields is missing or has the wrong type: the process is over all the same.
     *
     * @param reason what the process has failed for
     */
    record MalformedExit(String proc, long generation, long seq, String reason) implements Event {
        public MalformedExit {
            requireNonNull(proc, "proc");
            requireNonNull(reason, "reason");
        }

        public ProcExit understood() {
            return new ProcExit.Failed(reason);
        }
    }
}
