package dev.gatun.spawner;

import dev.gatun.lifecycle.Backoff;
import dev.gatun.linux.Signal;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the {@code external} launcher is told.
 *
 * @param command the spawner and its arguments; empty where one is running already
 * @param socket where it listens; empty for standard input and output
 * @param deathSignal what a spawner on standard input and output gets when we end without having closed it
 */
record ExternalSettings(
        List<String> command, Optional<Path> socket, Optional<Signal> deathSignal, Deadlines deadlines,
        Backoff backoff) {

    static final String COMMAND = "command";
    static final String TRANSPORT = "transport";
    static final String SOCKET = "socket";
    static final String DEATH_SIGNAL = "death-signal";

    private static final String[] NAMES = {
        COMMAND, TRANSPORT, SOCKET, DEATH_SIGNAL, "hello-timeout", "ack-timeout", "start-timeout", "ping-period",
        "reconnect-window",
        "kill-timeout", "shutdown-timeout", "stop-timeout", "restart-delay", "max-restart-delay"};

    ExternalSettings {
        command = List.copyOf(command);
    }

    /** What they are called. */
    static List<String> names() {
        return List.of(NAMES);
    }

    /** @throws LauncherException with one sentence: one is missing, unknown or wrong */
    static ExternalSettings read(LauncherSettings settings) {
        settings.allow(SpawnerFeatures.KIND, NAMES);
        List<String> command = settings.words(COMMAND);
        Optional<Path> socket = socket(settings);
        if (command.isEmpty() && socket.isEmpty()) {
            throw new LauncherException(LauncherException.Operation.OTHER,
                    "the setting command is missing; expected the program that speaks the protocol, and its arguments");
        }
        return new ExternalSettings(command, socket, deathSignal(settings), deadlines(settings), backoff(settings));
    }

    private static Optional<Path> socket(LauncherSettings settings) {
        return switch (settings.text(TRANSPORT, "stdio")) {
            case "stdio" -> {
                if (settings.text(SOCKET).isPresent()) {
                    throw settings.wrong(SOCKET, "none with the transport stdio");
                }
                yield Optional.empty();
            }
            case "unix" -> {
                Path path = Path.of(settings.text(SOCKET, ""));
                if (!path.isAbsolute() || path.getParent() == null || path.toString().matches(".*[|\\p{Cntrl}].*")) {
                    throw settings.wrong(SOCKET, "the absolute path of a socket, without | and control characters");
                }
                yield Optional.of(path);
            }
            default -> throw settings.wrong(TRANSPORT, "stdio or unix");
        };
    }

    /** None as a rule: the end of its input tells a spawner to stop its processes, and a signal takes the time for that. */
    private static Optional<Signal> deathSignal(LauncherSettings settings) {
        return switch (settings.text(DEATH_SIGNAL, "none")) {
            case "none" -> Optional.empty();
            case "TERM" -> Optional.of(Signal.TERM);
            case "KILL" -> Optional.of(Signal.KILL);
            default -> throw settings.wrong(DEATH_SIGNAL, "none, TERM or KILL");
        };
    }

    private static Deadlines deadlines(LauncherSettings settings) {
        Deadlines standard = Deadlines.DEFAULT;
        return new Deadlines(
                positive(settings, "hello-timeout", standard.hello()),
                positive(settings, "ack-timeout", standard.acknowledgement()),
                positive(settings, "start-timeout", standard.start()),
                positive(settings, "ping-period", standard.ping()),
                positive(settings, "reconnect-window", standard.reconnectWindow()),
                positive(settings, "kill-timeout", standard.killConfirmation()),
                positive(settings, "shutdown-timeout", standard.shutdown()),
                positive(settings, "stop-timeout", standard.stop()));
    }

    private static Backoff backoff(LauncherSettings settings) {
        Duration least = positive(settings, "restart-delay", Backoff.DEFAULT.min());
        Duration most = positive(settings, "max-restart-delay", Backoff.DEFAULT.max());
        if (least.compareTo(most) > 0) {
            throw settings.wrong("restart-delay", "at most max-restart-delay, " + Deadlines.words(most));
        }
        return Backoff.of(least, most);
    }

    private static Duration positive(LauncherSettings settings, String name, Duration orElse) {
        Duration value = settings.duration(name, orElse);
        if (value.toMillis() < 1) {
            throw settings.wrong(name, "at least 1ms");
        }
        return value;
    }
}
