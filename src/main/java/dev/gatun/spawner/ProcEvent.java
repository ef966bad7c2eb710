package dev.gatun.spawner;

import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerMessage;
import java.time.Duration;

/** Something that concerns one launch. */
sealed interface ProcEvent {

    /** The spawner has accepted it. */
    record Accepted(String handle) implements ProcEvent {}

    /** The spawner has refused it, or it could not be sent: there is no process. */
    record Refused(String detail) implements ProcEvent {}

    /** There is no answer that could be understood: there may be a process. */
    record Unanswered(String detail) implements ProcEvent {}

    /** The spawner tells something of it. */
    record Heard(SpawnerMessage.Event event) implements ProcEvent {}

    /** @param mayReturn whether a spawner that comes back can know its processes */
    record Disconnected(boolean mayReturn) implements ProcEvent {}

    /** The spawner is back. */
    record Reconnected() implements ProcEvent {}

    /** The spawner knows it still. */
    record Recovered(Result.Recovered result) implements ProcEvent {}

    /** The spawner knows nothing of it. */
    record NotRecovered() implements ProcEvent {}

    /** The spawner gave no answer that could be understood when it was asked for it. */
    record RecoveryFailed(String detail) implements ProcEvent {}

    record TerminateAsked(Duration timeout) implements ProcEvent {}

    record KillAsked() implements ProcEvent {}

    record Expired(ProcTimer timer) implements ProcEvent {}
}
