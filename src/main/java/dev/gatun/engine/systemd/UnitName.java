package dev.gatun.engine.systemd;

import dev.gatun.process.ProcId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of the unit of a process: two processes never have the same one, and it can be read. Escaped as by
 * systemd-escape(1), but for the hyphen, which stays as it is.
 *
 * @param text such as {@code gatun-worker-7.service}
 */
record UnitName(String text) {

    /** What a prefix may be; a short one, since the name has an end. */
    static final String PREFIX_PATTERN = "[a-z][a-z0-9_]{0,31}";

    /**
     * systemd takes 255 characters, but writes the unit to a temporary file first, whose name is longer and has the same
     * limit.
     */
    private static final int MAX_LENGTH = 200;

    private static final String SUFFIX = ".service";
    private static final String OBJECTS = "/org/freedesktop/systemd1/unit/";

    /** What only a hash begins with: an escaped backslash is followed by an x. */
    private static final String HASH_MARK = "\\h";

    static UnitName of(String prefix, ProcId id) {
        byte[] bytes = id.value().getBytes(StandardCharsets.UTF_8);
        String name = prefix + "-" + escape(bytes) + SUFFIX;
        return new UnitName(
                name.length() <= MAX_LENGTH ? name : prefix + "-" + HASH_MARK + hash(bytes) + SUFFIX);
    }

    /** What all units of a prefix match, and no unit of another prefix. */
    static String pattern(String prefix) {
        return prefix + "-*" + SUFFIX;
    }

    /** The process that has this unit; empty for a name that is not ours, or too long to be told from it. */
    Optional<ProcId> procId(String prefix) {
        String start = prefix + "-";
        if (!text.startsWith(start) || !text.endsWith(SUFFIX) || text.startsWith(HASH_MARK, start.length())) {
            return Optional.empty();
        }
        try {
            ProcId id = new ProcId(unescape(text.substring(start.length(), text.length() - SUFFIX.length())));
            return of(prefix, id).equals(this) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** The unit as an object on the bus: sd_bus_path_encode(3). */
    String objectPath() {
        StringBuilder path = new StringBuilder(OBJECTS);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isLetter(c) || isDigit(c) && i > 0) {
                path.append(c);
            } else {
                path.append('_').append(HexFormat.of().toHexDigits((byte) c));
            }
        }
        return path.toString();
    }

    private static String escape(byte[] bytes) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : bytes) {
            char c = (char) (b & 0xff);
            if (isLetter(c) || isDigit(c) || "-_.:".indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append("\\x").append(HexFormat.of().toHexDigits(b));
            }
        }
        return escaped.toString();
    }

    private static String unescape(String escaped) {
        byte[] bytes = new byte[escaped.length()];
        int count = 0;
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.startsWith("\\x", i) && i + 4 <= escaped.length()) {
                bytes[count++] = (byte) HexFormat.fromHexDigits(escaped, i + 2, i + 4);
                i += 3;
            } else {
                bytes[count++] = (byte) escaped.charAt(i);
            }
        }
        return new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return text;
    }
}
