package dev.gatun.service.launch;

import dev.gatun.config.Setting;
import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes command lines and environments fit to be shown. Names tell what is secret: there is no other way to know, and so
 * one that is called like anything else is shown.
 */
public final class Secrets {

    /** Stands where a secret is. */
    public static final String MASK = "***";

    private Secrets() {}

    /** Whether a variable, an option or a property of this name has a secret as its value. */
    public static boolean isSecret(String name) {
        return SecretNames.contain(name);
    }

    /** The value of a variable. */
    public static String value(String name, String value) {
        return value.isEmpty() ? value : isSecret(name) ? MASK : SecretText.mask(value);
    }

    /** An entry {@code NAME=value} of an environment. */
    public static String entry(CString entry) {
        String text = entry.toString();
        int equals = text.indexOf('=');
        return equals < 0
                ? SecretText.mask(text)
                : text.substring(0, equals + 1) + value(text.substring(0, equals), text.substring(equals + 1));
    }

    /** The words of a command line. */
    public static List<String> words(List<CString> arguments) {
        List<String> shown = new ArrayList<>(arguments.size());
        boolean secretFollows = false;
        for (CString argument : arguments) {
            String word = argument.toString();
            if (secretFollows && !isLongOption(word)) {
                shown.add(word.isEmpty() ? word : MASK);
                secretFollows = false;
            } else {
                shown.add(word(word));
                secretFollows = word.startsWith("-") && word.indexOf('=') < 0 && isSecret(word);
            }
        }
        return shown;
    }

    /** The words of a command line with blanks between them. */
    public static String commandLine(List<CString> arguments) {
        StringBuilder line = new StringBuilder();
        for (String word : words(arguments)) {
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return line.toString();
    }

    /** The values of a configuration, with the items of each list one after the other. */
    public static List<Setting> settings(List<Setting> settings) {
        return SecretSettings.mask(settings);
    }

    /** {@code --db-password=x}, {@code -Ddb.password=x}, {@code DB_PASSWORD=x}: masked to the end, blanks and all. */
    private static String word(String word) {
        int equals = word.indexOf('=');
        if (equals > 0 && isName(word, equals) && isSecret(word.substring(word.startsWith("-D") ? 2 : 0, equals))) {
            return word.substring(0, equals + 1) + (equals + 1 == word.length() ? "" : MASK);
        }
        return SecretText.mask(word);
    }

    private static boolean isName(String word, int end) {
        for (int i = 0; i < end; i++) {
            char c = word.charAt(i);
            if (!SecretNames.isLetterOrDigit(c) && "-_.".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** What a secret does not begin with, but the word behind an option that takes no value does. */
    private static boolean isLongOption(String word) {
        return word.length() > 2 && word.startsWith("--") && SecretNames.isLetterOrDigit(word.charAt(2));
    }
}
