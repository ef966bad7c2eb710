package dev.gatun.service.launch;

/**
 * Masks what looks secret inside of a text: the password of {@code scheme://user:password@host}, and the values of
 * {@code password=…}, {@code "token": "…"} and {@code Authorization: …}.
 */
final class SecretText {

    private static final String BEFORE_NAME = "?&;, \t\n\"'{([";
    private static final String BEHIND_VALUE = "&;, \t\n\"')}]";
    private static final String BEHIND_ADDRESS = " \t\n\"'<>";

    private SecretText() {}

    static String mask(String text) {
        // Most texts have neither.
        return text.indexOf('=') < 0 && text.indexOf(':') < 0 ? text : maskPairs(maskAddresses(text));
    }

    private static String maskAddresses(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int done = 0;
        for (int scheme = text.indexOf("://"); scheme >= 0; scheme = text.indexOf("://", done)) {
            int start = scheme + 3;
            int end = endOf(text, start, BEHIND_ADDRESS);
            int colon = text.indexOf(':', start);
            int host = endOfUser(text, start, end);
            if (colon >= 0 && colon < host) {
                masked.append(text, done, colon + 1).append(Secrets.MASK);
                done = host;
            } else {
                masked.append(text, done, start);
                done = start;
            }
        }
        return masked.append(text, done, text.length()).toString();
    }

    /** Index of the @ behind user and password, or -1. */
    private static int endOfUser(String text, int start, int end) {
        int slash = endOf(text.substring(0, end), start, "/?#");
        int at = text.lastIndexOf('@', slash - 1);
        if (at >= start) {
            return at;
        }
        // A slash inside of a password should have been written as %2F, which people do not know; but behind a port an
        // @ is part of the path.
        int colon = text.indexOf(':', start);
        boolean port = colon < 0 || colon > slash || isNumber(text, colon + 1, slash);
        at = text.lastIndexOf('@', end - 1);
        return port || at < start ? -1 : at;
    }

    private static boolean isNumber(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static String maskPairs(String text) {
        StringBuilder masked = new StringBuilder(text.length());
        int done = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if ((c == '=' || c == ':') && at >= done && isSecretName(text, done, at)) {
                int start = startOfValue(text, at + 1);
                int end = endOfValue(text, at, start);
                if (end > start) {
                    masked.append(text, done, start).append(Secrets.MASK);
                    done = end;
                }
            }
        }
        return masked.append(text, done, text.length()).toString();
    }

    /** Whether the name that ends before an index, perhaps in quotes, is that of a secret. */
    private static boolean isSecretName(String text, int from, int separator) {
        int end = separator;
        if (end > from && isQuote(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > from && isOfName(text.charAt(start - 1))) {
            start--;
        }
        boolean begins = start == 0 || BEFORE_NAME.indexOf(text.charAt(start - 1)) >= 0;
        return start < end && begins && SecretNames.contain(text.substring(start, end));
    }

    private static int startOfValue(String text, int from) {
        int start = from;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        return start < text.length() && isQuote(text.charAt(start)) ? start + 1 : start;
    }

    private static int endOfValue(String text, int separator, int start) {
        if (start > 0 && isQuote(text.charAt(start - 1))) {
            int quote = text.indexOf(text.charAt(start - 1), start);
            return quote < 0 ? text.length() : quote;
        }
        // A header's value has blanks in it: Authorization: Bearer …
        boolean header = text.charAt(separator) == ':' && start > separator + 1;
        return endOf(text, start, header ? "\n\"'" : BEHIND_VALUE);
    }

    private static int endOf(String text, int start, String ends) {
        int end = start;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean isOfName(char c) {
        return SecretNames.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
