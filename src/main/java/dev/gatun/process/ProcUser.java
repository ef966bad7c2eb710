package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who a process is.
 *
 * @param user a name or a number
 * @param group a name or a number; empty for the user's own and the further groups it is in
 */
public record ProcUser(String user, Optional<String> group) {

    public ProcUser {
        requireNonNull(user, "user");
        requireNonNull(group, "group");
    }
}
