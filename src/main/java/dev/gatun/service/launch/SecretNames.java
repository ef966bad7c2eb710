package dev.gatun.service.launch;

import java.util.List;

/** Which names of variables, options and properties are those of secrets. In doubt they are. */
final class SecretNames {

    private static final List<String> WHOLE =
            List.of("KEY", "KEYS", "AUTH", "OAUTH", "AUTHORIZATION", "PASS", "CRED", "CREDS", "COOKIE", "JWT");
    private static final List<String> ANYWHERE =
            List.of("PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "CREDENTIAL");

    /** But not at the beginning: TOKENIZERS_PARALLELISM is no secret. */
    private static final List<String> AT_END =
            List.of("TOKEN", "TOKENS", "APIKEY", "ACCESSKEY", "PRIVATEKEY");

    /** Where a secret is, and not what it is. */
    private static final List<String> PLACES = List.of("FILE", "PATH", "DIR", "FOLDER", "SOCK", "SOCKET", "STORE");

    private SecretNames() {}

    /** Whether a name such as {@code DB_PASSWORD}, {@code dbPassword}, {@code db-password} or {@code db.password} is one. */
    static boolean contain(String name) {
        boolean secret = false;
        String last = "";
        int start = 0;
        for (int at = 0; at <= name.length(); at++) {
            if (at == name.length() || isBoundary(name, at)) {
                String word = upper(name.substring(start, at));
                if (!word.isEmpty()) {
                    secret |= isSecret(word, last);
                    last = word;
                }
                start = at < name.length() && isLetterOrDigit(name.charAt(at)) ? at : at + 1;
            }
        }
        return secret && !PLACES.contains(last);
    }

    private static boolean isSecret(String word, String before) {
        // PWD and OLDPWD are folders, as every shell knows; MYSQL_PWD is not.
        if (word.equals("PWD")) {
            return !before.isEmpty() && !before.equals("OLD");
        }
        if (WHOLE.contains(word)) {
            return true;
        }
        for (String text : ANYWHERE) {
            if (word.contains(text)) {
                return true;
            }
        }
        for (String text : AT_END) {
            if (word.endsWith(text)) {
                return true;
            }
        }
        return false;
    }

    /** Between words: at what is neither letter nor digit, in {@code aB} before the B, in {@code ABc} too. */
    private static boolean isBoundary(String name, int at) {
        char c = name.charAt(at);
        if (!isLetterOrDigit(c)) {
            return true;
        }
        if (at == 0 || !isUpper(c)) {
            return false;
        }
        char before = name.charAt(at - 1);
        boolean nextIsLower = at + 1 < name.length() && isLower(name.charAt(at + 1));
        return isLower(before) || isUpper(before) && nextIsLower;
    }

    static boolean isLetterOrDigit(char c) {
        return isUpper(c) || isLower(c) || c >= '0' && c <= '9';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    /** Of ASCII, whatever the locale. */
    private static String upper(String word) {
        StringBuilder upper = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            upper.append(isLower(c) ? (char) (c - 'a' + 'A') : c);
        }
        return upper.toString();
    }
}
