package dev.gatun.spawner.check;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is checked, and how.
 *
 * @param command the spawner's program and arguments
 * @param environment entries {@code NAME=value} that the spawner is started with
 * @param shell a POSIX shell where the spawner starts processes
 * @param settings the field {@code settings} of each launch
 * @param timeout how long a reply or an event may take
 */
public record CheckSettings(
        List<CString> command,
        List<CString> environment,
        String shell,
        Map<String, String> settings,
        Duration timeout) {

    /** What Gatun gives a spawner for {@code hello} and {@code launch}. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    public static final String DEFAULT_SHELL = "/bin/sh";

    /** @throws IllegalArgumentException without a command or with no time at all */
    public CheckSettings {
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        requireNonNull(shell);
        settings = Map.copyOf(settings);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a spawner has a command");
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("a timeout is at least one millisecond");
        }
    }
}
