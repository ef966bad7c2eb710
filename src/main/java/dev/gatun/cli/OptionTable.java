package dev.gatun.cli;

import dev.gatun.config.Suggestion;
import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one command, and the rules of getopt_long(3) for reading them: {@code --name value}, {@code
 * --name=value}, {@code -n value}, {@code -nvalue}, {@code -abc}; the first word that is no option, or the one behind
 * {@code --}, begins the operands.
 */
final class OptionTable {

    private final List<Option> options;
    private final Map<String, Option> byName = new HashMap<>();

    OptionTable(List<Option> options) {
        this.options = options;
        for (Option option : options) {
            for (String name : option.names()) {
                byName.put(name, option);
            }
        }
    }

    List<Option> options() {
        return options;
    }

    /**
     * Reads a command line.
     *
     * @throws UsageError for an unknown option, a missing value, or one that is given twice for no purpose
     */
    ParsedOptions parse(List<CString> words) {
        ParsedOptions parsed = new ParsedOptions();
        int at = 0;
        while (at < words.size()) {
            CString word = words.get(at);
            String text = word.toString();
            if (text.equals("--")) {
                at++;
                break;
            }
            if (!text.startsWith("-") || text.equals("-")) {
                break;
            }
            at = text.startsWith("--") ? readLong(words, at, parsed) : readShort(words, at, parsed);
        }
        parsed.setOperands(words.subList(at, words.size()));
        return parsed;
    }

    private int readLong(List<CString> words, int at, ParsedOptions parsed) {
        CString word = words.get(at);
        int equals = word.indexOf('=');
        String name = (equals < 0 ? word : word.substring(0, equals)).toString();
        Option option = byName.get(name);
        if (option == null) {
            throw unknown(name);
        }
        if (!option.takesValue()) {
            if (equals >= 0) {
                throw new UsageError(name + " takes no value");
            }
            add(parsed, option, null);
            return at + 1;
        }
        if (equals >= 0) {
            add(parsed, option, word.substring(equals + 1, word.length()));
            return at + 1;
        }
        add(parsed, option, following(words, at, name, option));
        return at + 2;
    }

    private int readShort(List<CString> words, int at, ParsedOptions parsed) {
        CString word = words.get(at);
        for (int i = 1; i < word.length(); i++) {
            String name = "-" + word.substring(i, i + 1);
            Option option = byName.get(name);
            if (option == null) {
                boolean oneDashTooFew = byName.containsKey("-" + word);
                throw unknown(i == 1 || oneDashTooFew ? word.toString() : name);
            }
            if (option.takesValue()) {
                boolean attached = i + 1 < word.length();
                add(
                        parsed,
                        option,
                        attached ? word.substring(i + 1, word.length()) : following(words, at, name, option));
                return at + (attached ? 1 : 2);
            }
            add(parsed, option, null);
        }
        return at + 1;
    }

    private static CString following(List<CString> words, int at, String name, Option option) {
        if (at + 1 >= words.size()) {
            throw new UsageError(name + " needs a value: " + name + " " + option.valueLabel());
        }
        return words.get(at + 1);
    }

    private static void add(ParsedOptions parsed, Option option, CString value) {
        if (!option.repeatable() && parsed.has(option)) {
            throw new UsageError(option.displayName() + " is given twice");
        }
        parsed.add(option, value);
    }

    private UsageError unknown(String name) {
        List<String> known = new ArrayList<>(byName.keySet());
        Optional<String> nearest = Suggestion.nearest(name, known);
        return new UsageError("unknown option " + name
                + (nearest.isPresent() ? "; did you mean " + nearest.get() + "?" : ""));
    }
}
