package dev.gatun.engine.systemd;

import dev.gatun.process.ProcId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people read of a unit, and by what a launcher knows its own ones: the exact name of the process, and which
 * launcher has made it.
 *
 * @param token of the launcher, hex digits
 */
record Description(ProcId id, String token) {

    private static final Pattern FORM = Pattern.compile("gatun proc (.*), launcher ([0-9a-f]+)", Pattern.DOTALL);

    static Optional<Description> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        try {
            return matcher.matches()
                    ? Optional.of(new Description(new ProcId(matcher.group(1)), matcher.group(2)))
                    : Optional.empty();
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    String text() {
        return "gatun proc " + id + ", launcher " + token;
    }
}
