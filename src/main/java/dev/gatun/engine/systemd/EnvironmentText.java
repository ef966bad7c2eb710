package dev.gatun.engine.systemd;

import java.util.Map;

/** Variables in the form that {@code EnvironmentFile=} of systemd.exec(5) reads: no value of them is lost or changed. */
final class EnvironmentText {

    private EnvironmentText() {}

    /**
     * Writes variables.
     *
     * @throws IllegalArgumentException naming a variable that systemd would leave out silently
     */
    static String of(Map<String, String> variables) {
        StringBuilder text = new StringBuilder();
        variables.forEach((name, value) -> {
            check(name, value);
            text.append(name).append("=\"");
            for (char c : value.toCharArray()) {
                if ("\"\\`$".indexOf(c) >= 0) {
                    text.append('\\');
                }
                text.append(c);
            }
            text.append("\"\n");
        });
        return text.toString();
    }

    private static void check(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new IllegalArgumentException("systemd takes no variable of the name \"" + name
                    + "\"; expected letters, digits and underscores, and no digit first");
        }
        if (value.chars().anyMatch(c -> Character.isISOControl(c) && c < 0x80 && c != '\t' && c != '\n')) {
            throw new IllegalArgumentException(
                    "systemd takes no control character but tab and line feed in a variable, "
                            + name + " has one");
        }
    }
}
