package dev.gatun.spawner;

import dev.gatun.spawner.message.Result;

/** Something that concerns the connection as a whole. */
sealed interface LinkEvent {

    record Connected() implements LinkEvent {}

    /** It has ended, or there was no way to make one. */
    record Closed(String reason) implements LinkEvent {}

    /** A line that is no message. */
    record Junk() implements LinkEvent {}

    /** A line that is one. */
    record Message() implements LinkEvent {}

    record HelloAnswered(Result result) implements LinkEvent {}

    /** An error, or no answer in time. */
    record HelloFailed(String detail) implements LinkEvent {}

    record PingDue() implements LinkEvent {}

    record PingAnswered() implements LinkEvent {}

    /** More is waiting to be read by the spawner than we keep. */
    record Choked(String detail) implements LinkEvent {}
}
