package dev.gatun.cli.dropin;

import dev.gatun.linux.CString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Command lines as Go's flag package reads them: {@code -x} and {@code --x} are the same, a value follows after {@code =}
 * or as the next word, a switch takes one only after {@code =}, and the first word that is no flag ends them.
 */
final class GoFlags {

    private final Map<String, String> values = new LinkedHashMap<>();
    private String complaint = "";

    /**
     * Reads a line; {@link #complaint} tells of the first thing that cannot be understood.
     *
     * @param switches flags that are on or off
     * @param valued flags that take a value
     */
    GoFlags(List<CString> words, Set<String> switches, Set<String> valued) {
        int at = 0;
        while (at < words.size() && complaint.isEmpty()) {
            String word = words.get(at++).toString();
            if (word.length() < 2 || word.charAt(0) != '-' || word.equals("--")) {
                return;
            }
            String flag = word.substring(word.startsWith("--") ? 2 : 1);
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            if (switches.contains(name)) {
                String text = equals < 0 ? "true" : flag.substring(equals + 1);
                put(name, text, isTruth(text) ? "" : "invalid boolean value \"" + text + "\" for -" + name);
            } else if (!valued.contains(name)) {
                complaint = "flag provided but not defined: -" + name;
            } else if (equals >= 0) {
                put(name, flag.substring(equals + 1), "");
            } else if (at < words.size()) {
                put(name, words.get(at++).toString(), "");
            } else {
                complaint = "flag needs an argument: -" + name;
            }
        }
    }

    private void put(String name, String value, String problem) {
        values.put(name, value);
        complaint = problem;
    }

    private static boolean isTruth(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True", "0", "f", "F", "false", "FALSE", "False" -> true;
            default -> false;
        };
    }

    /** What is wrong with the line; empty where nothing is. */
    String complaint() {
        return complaint;
    }

    boolean isOn(String name) {
        String text = values.getOrDefault(name, "false");
        return text.equals("1") || text.equalsIgnoreCase("t") || text.equalsIgnoreCase("true");
    }

    /** The value; an empty one counts as none, as it does for the original. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(text -> !text.isEmpty());
    }
}
