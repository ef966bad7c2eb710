package dev.gatun.cli.dropin;

import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.List;

/**
 * The C library's getopt_long(3), peculiarities included: long options may be cut short, and options are taken from
 * behind the first operand as well, so that {@code tini prog -v} is {@code tini -v prog}. Command lines that work with
 * the original depend on it, {@code --} in front of the command ends it.
 */
final class Getopt {

    /** No option is left. */
    static final int END = -1;

    /** Something is wrong; {@link #complaint} says what. */
    static final int WRONG = '?';

    private final String program;
    private final List<CString> words;
    private final String letters;
    private final boolean permutes;
    private final List<LongOption> longOptions;
    private final List<CString> operands = new ArrayList<>();

    private int at;

    /** Where in a word of several letters the next one stands; 0 between words. */
    private int inWord;

    private CString value;
    private String complaint = "";

    /**
     * A reader of one command line.
     *
     * @param program the name in complaints
     * @param letters the short options, a colon behind each that takes a value
     * @param permutes whether options may follow operands
     */
    Getopt(String program, List<CString> words, String letters, boolean permutes, LongOption... longOptions) {
        this.program = program;
        this.words = words;
        this.letters = letters;
        this.permutes = permutes;
        this.longOptions = List.of(longOptions);
    }

    /** The letter of the next option, {@link #END} or {@link #WRONG}. */
    int next() {
        if (inWord > 0) {
            return nextLetter();
        }
        while (at < words.size()) {
            CString word = words.get(at);
            String text = word.toString();
            if (text.equals("--")) {
                at++;
                break;
            }
            if (text.startsWith("-") && text.length() > 1) {
                if (text.startsWith("--") && !longOptions.isEmpty()) {
                    at++;
                    return longOption(word, text);
                }
                inWord = 1;
                return nextLetter();
            }
            if (!permutes) {
                break;
            }
            operands.add(word);
            at++;
        }
        operands.addAll(words.subList(at, words.size()));
        at = words.size();
        return END;
    }

    private int nextLetter() {
        CString word = words.get(at);
        String letter = word.substring(inWord, inWord + 1).toString();
        inWord++;
        boolean last = inWord == word.length();
        int known = letter.equals(":") ? -1 : letters.indexOf(letter);
        if (known < 0) {
            endWordIf(last);
            return wrong("invalid option -- '" + letter + "'");
        }
        boolean takesValue = known + 1 < letters.length() && letters.charAt(known + 1) == ':';
        if (!takesValue) {
            endWordIf(last);
            return letter.charAt(0);
        }
        int start = inWord;
        endWordIf(true);
        if (!last) {
            value = word.substring(start, word.length());
        } else if (at < words.size()) {
            value = words.get(at++);
        } else {
            return wrong("option requires an argument -- '" + letter + "'");
        }
        return letter.charAt(0);
    }

    private void endWordIf(boolean last) {
        if (last) {
            inWord = 0;
            at++;
        }
    }

    private int longOption(CString word, String text) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? text.substring(2) : word.substring(2, equals).toString();
        LongOption option = null;
        StringBuilder candidates = new StringBuilder();
        for (LongOption candidate : longOptions) {
            if (candidate.name().equals(name)) {
                option = candidate;
                candidates.setLength(0);
                break;
            }
            if (candidate.name().startsWith(name)) {
                candidates.append(" '--").append(candidate.name()).append('\'');
                option = option == null ? candidate : option;
            }
        }
        if (option == null) {
            return wrong("unrecognized option '" + text + "'");
        }
        if (candidates.indexOf(" ", 1) > 0) {
            return wrong("option '" + text + "' is ambiguous; possibilities:" + candidates);
        }
        return withValue(option, word, equals);
    }

    private int withValue(LongOption option, CString word, int equals) {
        boolean takesValue = letters.contains(option.letter() + ":");
        if (equals >= 0 && !takesValue) {
            return wrong("option '--" + option.name() + "' doesn't allow an argument");
        }
        if (equals >= 0) {
            value = word.substring(equals + 1, word.length());
        } else if (takesValue && at < words.size()) {
            value = words.get(at++);
        } else if (takesValue) {
            return wrong("option '--" + option.name() + "' requires an argument");
        }
        return option.letter();
    }

    private int wrong(String problem) {
        complaint = program + ": " + problem + "\n";
        return WRONG;
    }

    /** The line for standard error after {@link #WRONG}. */
    String complaint() {
        return complaint;
    }

    /** The value of the option that was just read. */
    String value() {
        return value.toString();
    }

    /** What is no option, after {@link #END}. */
    List<CString> operands() {
        return operands;
    }
}
