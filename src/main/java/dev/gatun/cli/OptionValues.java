package dev.gatun.cli;

import dev.gatun.config.DurationText;
import dev.gatun.lifecycle.Backoff;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.linux.CString;
import dev.gatun.linux.Capability;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Signal;
import dev.gatun.linux.proc.ProcFile;
import dev.gatun.log.Level;
import dev.gatun.log.LogFormat;
import dev.gatun.run.SignalRewrites;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns the texts of options into values; a text that is none ends in a {@link UsageError} that names the option. */
final class OptionValues {

    private final ParsedOptions parsed;

    OptionValues(ParsedOptions parsed) {
        this.parsed = parsed;
    }

    private static UsageError invalid(Option option, String text, String expected) {
        return new UsageError(option.displayName() + " " + text + ": " + expected);
    }

    Optional<Duration> duration(Option option) {
        Optional<String> text = parsed.text(option);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(duration(option, text.get()));
    }

    private static Duration duration(Option option, String text) {
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException problem) {
            throw new UsageError(option.displayName() + " " + problem.getMessage());
        }
    }

    Optional<Signal> signal(Option option) {
        Optional<String> text = parsed.text(option);
        return text.isEmpty() ? Optional.empty() : Optional.of(signal(option, text.get()));
    }

    static Signal signal(Option option, String text) {
        Optional<Signal> signal = Signal.parse(text);
        if (signal.isEmpty()) {
            throw invalid(option, text, "expected a signal such as TERM, SIGUSR1, RTMIN+3 or 15");
        }
        return signal.get();
    }

    /** {@code A:B}, B a signal or 0. */
    SignalRewrites rewrites(Option option) {
        SignalRewrites rewrites = SignalRewrites.NONE;
        for (String text : parsed.texts(option)) {
            int colon = text.indexOf(':');
            if (colon < 0) {
                throw invalid(option, text, "expected two signals such as TERM:QUIT, or USR1:0 to drop one");
            }
            String to = text.substring(colon + 1);
            int forwarded = to.equals("0") ? 0 : signal(option, to).number();
            rewrites = rewrites.with(signal(option, text.substring(0, colon)), forwarded);
        }
        return rewrites;
    }

    OptionalInt number(Option option, int min, int max) {
        Optional<String> text = parsed.text(option);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= min && value <= max) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw invalid(option, text.get(), "expected a number from " + min + " to " + max);
    }

    OptionalInt octal(Option option, int max) {
        Optional<String> text = parsed.text(option);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int value = Integer.parseInt(text.get(), 8);
            if (value >= 0 && value <= max) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException notOctal) {
            // Said below.
        }
        throw invalid(option, text.get(), "expected an octal number from 0 to " + Integer.toOctalString(max));
    }

    List<Rlimit> limits(Option option) {
        List<Rlimit> limits = new ArrayList<>();
        for (String text : parsed.texts(option)) {
            limits.add(limit(option, text));
        }
        return limits;
    }

    private static Rlimit limit(Option option, String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw invalid(option, text, "expected NAME=SOFT[:HARD], e.g. nofile=1024:4096");
        }
        Optional<Rlimit.Resource> resource = Rlimit.Resource.parse(text.substring(0, equals));
        if (resource.isEmpty()) {
            throw invalid(option, text, "expected one of " + resourceNames());
        }
        String[] values = text.substring(equals + 1).split(":", -1);
        if (values.length > 2) {
            throw invalid(option, text, "expected one limit, or two as SOFT:HARD");
        }
        long soft = limitValue(option, text, values[0]);
        long hard = limitValue(option, text, values[values.length - 1]);
        try {
            return new Rlimit(resource.get(), soft, hard);
        } catch (IllegalArgumentException problem) {
            throw invalid(option, text, problem.getMessage());
        }
    }

    private static long limitValue(Option option, String text, String value) {
        if (value.equals("unlimited") || value.equals("infinity")) {
            return Rlimit.UNLIMITED;
        }
        try {
            long limit = Long.parseLong(value);
            if (limit >= 0) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw invalid(option, text, "\"" + value + "\" is neither a number nor unlimited");
    }

    private static String resourceNames() {
        List<String> names = new ArrayList<>();
        for (Rlimit.Resource resource : Rlimit.Resource.values()) {
            names.add(resource.name().toLowerCase(Locale.ROOT));
        }
        return String.join(", ", names);
    }

    List<Capability> capabilities(Option option) {
        List<Capability> capabilities = new ArrayList<>();
        for (String text : parsed.texts(option)) {
            for (String name : text.split(",")) {
                if (name.equalsIgnoreCase("all")) {
                    capabilities.addAll(List.of(Capability.values()));
                } else {
                    capabilities.add(Capability.parse(name)
                            .orElseThrow(() -> invalid(option, name, "expected a capability such as net_raw, or all")));
                }
            }
        }
        return capabilities;
    }

    RestartPolicy restart(Option when, OptionalInt maxRestarts) {
        String text = parsed.text(when).orElse("no");
        RestartPolicy policy =
                switch (text) {
                    case "no" -> RestartPolicy.no();
                    case "on-failure" -> RestartPolicy.onFailure();
                    case "always" -> RestartPolicy.always();
                    default -> throw invalid(when, text, "expected no, on-failure or always");
                };
        return maxRestarts.isPresent() ? policy.withMaxRestarts(maxRestarts.getAsInt()) : policy;
    }

    Backoff backoff(Option option) {
        Optional<String> text = parsed.text(option);
        if (text.isEmpty()) {
            return Backoff.DEFAULT;
        }
        int dots = text.get().indexOf("..");
        if (dots < 0) {
            throw invalid(option, text.get(), "expected two durations, e.g. 500ms..30s");
        }
        try {
            return Backoff.of(
                    duration(option, text.get().substring(0, dots)),
                    duration(option, text.get().substring(dots + 2)));
        } catch (IllegalArgumentException problem) {
            throw invalid(option, text.get(), problem.getMessage());
        }
    }

    LogFormat logFormat(Option option) {
        String text = parsed.text(option).orElse("text");
        return switch (text) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw invalid(option, text, "expected text or json");
        };
    }

    /** The level by name, and one more for each {@code -v}. */
    Level logLevel(Option option, Option verbose) {
        Level level = Level.WARN;
        Optional<String> text = parsed.text(option);
        if (text.isPresent()) {
            level = null;
            for (Level candidate : Level.values()) {
                if (candidate.text().equals(text.get())) {
                    level = candidate;
                }
            }
            if (level == null) {
                throw invalid(option, text.get(), "expected error, warn, info, debug or trace");
            }
        }
        Level[] levels = Level.values();
        return levels[Math.min(levels.length - 1, level.ordinal() + parsed.count(verbose))];
    }

    /** Assignments from files, then those of the command line, which win. */
    List<CString> environment(Option files, Option assignments, Libc libc) {
        List<CString> environment = new ArrayList<>();
        for (String file : parsed.texts(files)) {
            addFile(environment, file, files, libc);
        }
        for (CString assignment : parsed.raw(assignments)) {
            environment.add(checked(assignment, assignments.displayName()));
        }
        return environment;
    }

    private static void addFile(List<CString> environment, String file, Option option, Libc libc) {
        byte[] content;
        try {
            content = ProcFile.read(libc, file)
                    .orElseThrow(() -> invalid(option, file, "there is no such file"));
        } catch (LinuxException unreadable) {
            throw invalid(option, file, unreadable.getMessage());
        }
        int number = 0;
        for (String line : new String(content, StandardCharsets.ISO_8859_1).split("\n")) {
            number++;
            String trimmed = line.stripLeading();
            if (!trimmed.isBlank() && !trimmed.startsWith("#")) {
                // One character a byte: what the file holds goes on as it is, in whatever encoding.
                String entry = trimmed.endsWith("\r") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
                environment.add(checked(
                        CString.ofBytes(entry.getBytes(StandardCharsets.ISO_8859_1)), file + ":" + number));
            }
        }
    }

    private static CString checked(CString assignment, String where) {
        int equals = assignment.indexOf('=');
        String name = (equals < 0 ? assignment : assignment.substring(0, equals)).toString();
        if (name.isBlank() || name.contains(" ")) {
            throw new UsageError(where + ": \"" + assignment + "\" is no NAME=VALUE");
        }
        return assignment;
    }
}
