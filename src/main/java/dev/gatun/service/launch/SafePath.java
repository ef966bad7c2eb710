package dev.gatun.service.launch;

import dev.gatun.linux.CString;

/** Paths that no shell and no log could take for anything else, as launchers of Java services have always asked for. */
final class SafePath {

    private SafePath() {}

    /** @throws LaunchProblem naming the character */
    static void require(String key, CString path) {
        String text = path.toString();
        if (text.isEmpty()) {
            throw new LaunchProblem(key + ": an empty path");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!word && "./_-".indexOf(c) < 0) {
                throw new LaunchProblem(key + ": " + text + ": the character '" + c
                        + "' is not among those of a path here: letters, digits, and . / _ -");
            }
        }
    }
}
