package dev.gatun.config;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong (or odd) in a configuration.
 *
 * @param path of the key, such as {@code watchdog.softLimitPercent}; empty for a whole file
 * @param found what is there, texts in quotes; or, with nothing expected, the whole complaint
 * @param expected what should be there; empty where {@code found} says it all
 * @param nearest the known word that was probably meant; empty if there is none
 */
public record Problem(
        Severity severity, Position position, String path, String found, String expected, String nearest) {

    private static final String UNKNOWN_KEY = "unknown key";

    /** Whether it can be worked with. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public Problem {
        requireNonNull(severity);
        requireNonNull(position);
        requireNonNull(path);
        requireNonNull(found);
        requireNonNull(expected);
        requireNonNull(nearest);
    }

    /** A key that no reader asks for. */
    static Problem unknownKey(Position position, String path, String nearest) {
        return new Problem(Severity.WARNING, position, path, UNKNOWN_KEY, "", nearest);
    }

    /** Whether it is about a key that no reader asks for; its position is the key's. */
    public boolean isUnknownKey() {
        return expected.isEmpty() && found.equals(UNKNOWN_KEY);
    }

    /** One sentence: the place, the key, what was found, what was expected. The severity is the caller's to say. */
    public String describe() {
        StringBuilder text = new StringBuilder(120).append(position).append(": ");
        if (!path.isEmpty()) {
            Excerpt.appendPrintable(text, path).append(": ");
        }
        if (expected.isEmpty()) {
            text.append(found);
        } else {
            text.append("found ").append(found).append(", expected ").append(expected);
        }
        if (!nearest.isEmpty()) {
            text.append("; did you mean ").append(nearest).append('?');
        }
        return text.toString();
    }

    Problem asError() {
        return severity == Severity.ERROR
                ? this
                : new Problem(Severity.ERROR, position, path, found, expected, nearest);
    }
}
