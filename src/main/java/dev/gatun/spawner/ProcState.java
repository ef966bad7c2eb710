package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.ProcExit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of one launch. Immutable.
 *
 * @param launch how far the launch has come
 * @param handle the spawner's; empty before it has accepted
 * @param start what the spawner said of the start
 * @param exit an exit that came before its launch was answered
 * @param isReachable whether there is a connection, and the spawner knows the process there
 * @param stop how far a stop has come
 * @param stopTimeout what the latest terminate gave it
 * @param lastSeq number of the last event; {@link #ANY_SEQ} where the next may have any
 */
record ProcState(
        ProcKey key,
        Launch launch,
        String handle,
        Optional<Start> start,
        Optional<ProcExit> exit,
        boolean isReachable,
        Stop stop,
        Duration stopTimeout,
        long lastSeq) {

    static final long ANY_SEQ = -1;

    /** How far a launch has come. */
    enum Launch {
        /** The spawner has been asked. */
        ASKED,
        /** The spawner has been asked for a process of an earlier life of ours. */
        RECOVERING,
        /** The spawner will start it. */
        ACCEPTED,
        /** Whoever wanted it has it. */
        TOLD,
        /** Whoever wanted it has been told that it failed; if there is a process, it is to be killed. */
        GIVEN_UP
    }

    /** How far a stop has come. */
    enum Stop {
        NONE,
        TERMINATING,
        KILLING,
        /** The kill had no effect within its time, and the process counts as failed; it is killed again and again. */
        UNCONFIRMED
    }

    /** What the spawner said of the start. */
    record Start(OptionalInt pid, Optional<String> address, Instant at) {}

    ProcState {
        requireNonNull(key, "key");
        requireNonNull(launch, "launch");
        requireNonNull(handle, "handle");
        requireNonNull(start, "start");
        requireNonNull(exit, "exit");
        requireNonNull(stop, "stop");
        requireNonNull(stopTimeout, "stopTimeout");
    }

    static ProcState asked(ProcKey key) {
        return new ProcState(key, Launch.ASKED, "", Optional.empty(), Optional.empty(), true, Stop.NONE, Duration.ZERO,
                0);
    }

    static ProcState recovering(ProcKey key, String handle) {
        return new ProcState(
                key, Launch.RECOVERING, handle, Optional.empty(), Optional.empty(), true, Stop.NONE, Duration.ZERO,
                ANY_SEQ);
    }

    ProcState withLaunch(Launch next) {
        return new ProcState(key, next, handle, start, exit, isReachable, stop, stopTimeout, lastSeq);
    }

    ProcState withHandle(String next) {
        return new ProcState(key, launch, next, start, exit, isReachable, stop, stopTimeout, lastSeq);
    }

    ProcState withStart(Start next) {
        return new ProcState(key, launch, handle, Optional.of(next), exit, isReachable, stop, stopTimeout, lastSeq);
    }

    ProcState withExit(ProcExit next) {
        return new ProcState(key, launch, handle, start, Optional.of(next), isReachable, stop, stopTimeout, lastSeq);
    }

    ProcState withReachable(boolean next) {
        return new ProcState(key, launch, handle, start, exit, next, stop, stopTimeout, lastSeq);
    }

    ProcState withStop(Stop next) {
        return new ProcState(key, launch, handle, start, exit, isReachable, next, stopTimeout, lastSeq);
    }

    ProcState terminating(Duration timeout) {
        return new ProcState(key, launch, handle, start, exit, isReachable, Stop.TERMINATING, timeout, lastSeq);
    }

    ProcState withSeq(long next) {
        return new ProcState(key, launch, handle, start, exit, isReachable, stop, stopTimeout, next);
    }
}
