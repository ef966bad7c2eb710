package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import java.util.List;
import java.util.Optional;

/** Texts with {@code $NAME} and <code>${NAME}</code> in them. */
final class VariableText {

    private VariableText() {}

    /**
     * Puts values in the place of variables.
     *
     * @param key of the configuration, for messages
     * @throws LaunchProblem for a variable that is not set: nothing in its place would make another path of it
     */
    static CString expand(String key, String text, List<CString> environment) {
        CString expanded = CString.of("");
        int at = 0;
        for (int dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
            boolean braces = text.startsWith("{", dollar + 1);
            int start = dollar + (braces ? 2 : 1);
            int end = braces ? text.indexOf('}', start) : endOfName(text, start);
            if (end < 0) {
                throw new LaunchProblem(key + ": " + text + ": a ${ without its }");
            }
            String name = text.substring(start, end);
            if (name.isEmpty() || endOfName(name, 0) != name.length()) {
                throw new LaunchProblem(key + ": " + text + ": a $ without the name of a variable behind it");
            }
            Optional<CString> value = CommandPath.variable(environment, name);
            if (value.isEmpty()) {
                throw new LaunchProblem(key + ": " + text + ": the variable " + name + " is not set");
            }
            expanded = expanded.plus(CString.of(text.substring(at, dollar))).plus(value.get());
            at = braces ? end + 1 : end;
        }
        expanded = expanded.plus(CString.of(text.substring(at)));
        if (expanded.isEmpty()) {
            throw new LaunchProblem(key + ": " + text + ": nothing is left of it");
        }
        return expanded;
    }

    private static int endOfName(String text, int start) {
        int at = start;
        while (at < text.length() && isOfName(text.charAt(at), at == start)) {
            at++;
        }
        return at;
    }

    private static boolean isOfName(char c, boolean first) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || !first && c >= '0' && c <= '9';
    }
}
