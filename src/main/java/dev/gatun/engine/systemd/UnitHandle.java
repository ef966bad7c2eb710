package dev.gatun.engine.systemd;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One run of one unit: another start of the same unit is another process.
 *
 * @param invocation hex digits
 */
record UnitHandle(UnitName unit, String invocation) {

    private static final Pattern INVOCATION = Pattern.compile("[0-9a-f]{32}");

    static Optional<UnitHandle> parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash <= 0 || !INVOCATION.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        return Optional.of(new UnitHandle(new UnitName(text.substring(0, slash)), text.substring(slash + 1)));
    }

    String text() {
        return unit + "/" + invocation;
    }
}
