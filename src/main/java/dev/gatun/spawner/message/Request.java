package dev.gatun.spawner.message;

import static java.util.Objects.requireNonNull;

/**
 * What Gatun sends.
 *
 * @param id by which the reply is known
 */
public record Request(long id, Call call) {

    public Request {
        requireNonNull(call, "call");
    }
}
