package dev.gatun.config;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Kind;
import dev.gatun.config.Node.Scalar;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Makes values of scalars, or says what is wrong with them. Each method takes an entry that is there and not null. */
final class ScalarReading {

    static final Range INTS = Range.between(Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final Range LONGS = Range.between(-0x1p63, 0x1p63);

    /** Longer than any process lives, and still a long in nanoseconds. */
    private static final Range SECONDS = Range.between(-9_000_000_000d, 9_000_000_000d);

    /** More of them are not a number that anybody has meant. */
    private static final int MOST_DIGITS = 40;

    private final Problems problems;

    ScalarReading(Problems problems) {
        this.problems = problems;
    }

    Optional<Boolean> flag(Entry entry, String path) {
        Scalar scalar = plain(entry);
        Optional<Boolean> flag = scalar == null ? Optional.empty() : Words.flag(scalar.text());
        if (flag.isEmpty()) {
            problems.error(entry.keyPosition(), path, found(entry.value()), "true or false");
        }
        return flag;
    }

    /** A whole number within a range and within what the type of the value can hold. */
    OptionalLong whole(Entry entry, String path, Range range, Range type) {
        Scalar scalar = plain(entry);
        YamlNumber number = scalar == null ? null : YamlNumber.parse(scalar.text());
        return whole(entry, path, number, "a whole number", range, type);
    }

    /** A number of bytes, or an amount with a unit, which may be in quotes. */
    OptionalLong bytes(Entry entry, String path, Range range) {
        Scalar scalar = plain(entry);
        YamlNumber number = scalar == null ? null : YamlNumber.parse(scalar.text());
        if (number == null && entry.value().kind() == Kind.SCALAR) {
            number = ByteCount.parse(((Scalar) entry.value()).text());
        }
        String noun = number == null ? "a number of bytes, or an amount such as 64Mi or 2GB" : "a whole number";
        return whole(entry, path, number, noun, range, LONGS);
    }

    OptionalDouble decimal(Entry entry, String path, Range range) {
        Scalar scalar = plain(entry);
        YamlNumber number = scalar == null ? null : YamlNumber.parse(scalar.text());
        if (number == null || !range.contains(number.value()) || Double.isInfinite(number.value())) {
            problems.error(entry.keyPosition(), path, found(entry.value()), range.of("a number"));
            return OptionalDouble.empty();
        }
        warnOfOctal(number, entry, path);
        return OptionalDouble.of(number.value());
    }

    /** A number of seconds, or a duration with units, which may be in quotes. */
    Optional<Duration> seconds(Entry entry, String path, Range range) {
        Optional<Duration> duration = duration(entry, path);
        if (duration.isEmpty()) {
            problems.error(entry.keyPosition(), path, found(entry.value()),
                    range.of("a number of seconds, or a duration such as 500ms or 1m30s"));
            return duration;
        }
        double seconds = secondsOf(duration.get());
        if (!range.contains(seconds) || !SECONDS.contains(seconds)) {
            Range narrow = SECONDS.contains(seconds) ? range : range.within(SECONDS);
            problems.error(entry.keyPosition(), path, found(entry.value()), narrow.of("a number of seconds"));
            return Optional.empty();
        }
        return duration;
    }

    /** What a scalar says as a text, whatever it looks like; null if it is none. */
    String text(Entry entry, String path) {
        if (entry.value().kind() != Kind.SCALAR) {
            problems.error(entry.keyPosition(), path, found(entry.value()), "a text");
            return null;
        }
        return ((Scalar) entry.value()).text();
    }

    /** Seconds with their fraction. */
    static double secondsOf(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    /** What there is instead of what was expected; numbers without quotes, so that their quotes can be told of. */
    static String found(Node node) {
        if (node.kind() != Kind.SCALAR || YamlNumber.parse(((Scalar) node).text()) == null) {
            return Excerpt.of(node);
        }
        Scalar scalar = (Scalar) node;
        if (scalar.quoted()) {
            return Excerpt.of(node) + " in quotes";
        }
        return scalar.text().length() > MOST_DIGITS ? Excerpt.of(node) : scalar.text();
    }

    private OptionalLong whole(Entry entry, String path, YamlNumber number, String noun, Range range, Range type) {
        if (number == null || !type.contains(number.value()) || !number.fitsLong()) {
            problems.error(entry.keyPosition(), path, found(entry.value()),
                    (number == null ? range : range.within(type)).of(noun));
            return OptionalLong.empty();
        }
        long value = number.isWhole() ? number.whole() : (long) number.value();
        if (!range.contains(value)) {
            problems.error(entry.keyPosition(), path, found(entry.value()), range.of(noun));
            return OptionalLong.empty();
        }
        if (!number.isWhole()) {
            problems.warn(entry.keyPosition(), path, found(entry.value()), noun + " (" + value + " is used)");
        }
        warnOfOctal(number, entry, path);
        return OptionalLong.of(value);
    }

    private void warnOfOctal(YamlNumber number, Entry entry, String path) {
        if (number.isOldOctal()) {
            problems.warn(entry.keyPosition(), path, found(entry.value()) + ", which is octal for " + number.whole(),
                    "");
        }
    }

    private Optional<Duration> duration(Entry entry, String path) {
        if (entry.value().kind() != Kind.SCALAR) {
            return Optional.empty();
        }
        Scalar scalar = (Scalar) entry.value();
        YamlNumber number = YamlNumber.parse(scalar.text());
        if (number == null) {
            try {
                return Optional.of(DurationText.parse(scalar.text()));
            } catch (IllegalArgumentException none) {
                return Optional.empty();
            }
        }
        if (scalar.quoted()) {
            return Optional.empty();
        }
        warnOfOctal(number, entry, path);
        double seconds = Math.max(-1e10, Math.min(1e10, number.value())); // out of range, and no overflow
        double whole = Math.floor(seconds);
        return Optional.of(Duration.ofSeconds((long) whole, Math.round((seconds - whole) * 1e9)));
    }

    /** A scalar that is no text for certain, or null. */
    private static Scalar plain(Entry entry) {
        return entry.value().kind() == Kind.SCALAR && !((Scalar) entry.value()).quoted() ? (Scalar) entry.value()
                : null;
    }
}
