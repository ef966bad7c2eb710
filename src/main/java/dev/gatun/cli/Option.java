package dev.gatun.cli;

import java.util.List;

/**
 * One option of a command line.
 *
 * @param names with their dashes, the one for messages last: {@code -g}, {@code --group}
 * @param valueLabel what help calls its value; empty for an option without one
 * @param repeatable whether it may be given more than once
 * @param description one sentence for the help
 */
record Option(List<String> names, String valueLabel, boolean repeatable, String description) {

    static Option flag(String names, String description) {
        return new Option(List.of(names.split(" ")), "", false, description);
    }

    static Option value(String names, String valueLabel, String description) {
        return new Option(List.of(names.split(" ")), valueLabel, false, description);
    }

    static Option values(String names, String valueLabel, String description) {
        return new Option(List.of(names.split(" ")), valueLabel, true, description);
    }

    /** A flag that counts, {@code -vv}. */
    static Option counter(String names, String description) {
        return new Option(List.of(names.split(" ")), "", true, description);
    }

    boolean takesValue() {
        return !valueLabel.isEmpty();
    }

    String displayName() {
        return names.getLast();
    }
}
