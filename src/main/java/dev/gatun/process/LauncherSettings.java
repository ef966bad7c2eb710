package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.config.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a kind of launcher can be told, by name. Unknown names and bad values are refused with one sentence.
 *
 * @param values immutable
 * @param operation what fails where one is refused
 */
public record LauncherSettings(Map<String, String> values, LauncherException.Operation operation) {

    public static final LauncherSettings NONE = new LauncherSettings(Map.of());

    public LauncherSettings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        requireNonNull(operation, "operation");
    }

    /** The settings of a launcher. */
    public LauncherSettings(Map<String, String> values) {
        this(values, LauncherException.Operation.OTHER);
    }

    /** Settings of one launch, {@link LaunchOptions#settings}. */
    public static LauncherSettings ofLaunch(Map<String, String> values) {
        return new LauncherSettings(values, LauncherException.Operation.LAUNCH);
    }

    /**
     * Refuses settings that nobody reads.
     *
     * @throws LauncherException naming the unknown one and all known ones
     */
    public void allow(String kind, String... known) {
        for (String name : values.keySet()) {
            if (!Arrays.asList(known).contains(name)) {
                String names = known.length == 0 ? "none" : String.join(", ", new TreeSet<>(List.of(known)));
                throw refused("the " + kind + " launcher has no setting \"" + name + "\"; it has: " + names);
            }
        }
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public String text(String name, String orElse) {
        return values.getOrDefault(name, orElse);
    }

    /** @throws LauncherException where it is neither {@code true} nor {@code false} */
    public boolean flag(String name, boolean orElse) {
        return switch (values.getOrDefault(name, Boolean.toString(orElse))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false");
        };
    }

    /**
     * A duration such as {@code 500ms} or {@code 1m30s}; a number alone is seconds.
     *
     * @throws LauncherException where it is no duration
     */
    public Duration duration(String name, Duration orElse) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return orElse;
        }
        try {
            return DurationText.parse(text.get());
        } catch (IllegalArgumentException malformed) {
            throw wrong(name, "a duration such as 500ms or 1m30s");
        }
    }

    /**
     * A command line: words separated by blanks, quotes as in a shell around words with blanks, nothing else of a shell.
     *
     * @throws LauncherException where a quote is not closed
     */
    public List<String> words(String name) {
        String text = text(name, "");
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == ' ' || c == '\t') {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
            } else {
                word = word == null ? new StringBuilder() : word;
                if (c == '"' || c == '\'') {
                    quote = c;
                } else {
                    word.append(c);
                }
            }
        }
        if (quote != 0) {
            throw wrong(name, "a closing " + quote);
        }
        if (word != null) {
            words.add(word.toString());
        }
        return List.copyOf(words);
    }

    /** What to throw for a value that is not as expected. */
    public LauncherException wrong(String name, String expected) {
        return refused("the setting " + name + " is \"" + values.get(name) + "\"; expected " + expected);
    }

    private LauncherException refused(String detail) {
        return new LauncherException(operation, detail);
    }
}
