package dev.gatun.linux;

import java.util.Optional;

/**
 * IP addresses as people write them: four decimal numbers, or the groups of RFC 4291. What some C libraries take as well
 * (fewer numbers, octal ones, scopes) is refused, because its meaning differs from one library to the next.
 */
final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    static Optional<byte[]> parse(String text) {
        if (text.indexOf(':') < 0) {
            byte[] address = new byte[4];
            return ipv4(text, address, 0) ? Optional.of(address) : Optional.empty();
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        return ipv6(bracketed ? text.substring(1, text.length() - 1) : text);
    }

    private static boolean ipv4(String text, byte[] target, int offset) {
        int start = 0;
        for (int i = 0; i < 4; i++) {
            int dot = text.indexOf('.', start);
            int end = dot < 0 ? text.length() : dot;
            int value = number(text, start, end, 10, 3);
            boolean padded = end - start > 1 && text.charAt(start) == '0';
            if (value < 0 || value > 255 || padded || (dot < 0) != (i == 3)) {
                return false;
            }
            target[offset + i] = (byte) value;
            start = end + 1;
        }
        return true;
    }

    /** What is right of {@code ::} is read like the rest, and moved to the end afterwards. */
    private static Optional<byte[]> ipv6(String text) {
        byte[] address = new byte[2 * GROUPS];
        int length = 0;
        int gap = text.startsWith("::") ? 0 : -1;
        int at = gap == 0 ? 2 : 0;
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', at) >= 0) {
                if (length > 12 || !ipv4(text.substring(at), address, length)) {
                    return Optional.empty();
                }
                length += 4;
                break;
            }
            int group = number(text, at, end, 16, 4);
            if (group < 0 || length == address.length || colon == text.length() - 1) {
                return Optional.empty();
            }
            address[length++] = (byte) (group >> 8);
            address[length++] = (byte) group;
            at = end + 1;
            if (at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return Optional.empty();
                }
                gap = length;
                at++;
            }
        }
        return filled(address, length, gap);
    }

    private static Optional<byte[]> filled(byte[] address, int length, int gap) {
        // The gap stands for at least one group.
        if (gap < 0 ? length != address.length : length > address.length - 2) {
            return Optional.empty();
        }
        if (gap >= 0) {
            int right = length - gap;
            System.arraycopy(address, gap, address, address.length - right, right);
            for (int i = gap; i < address.length - right; i++) {
                address[i] = 0;
            }
        }
        return Optional.of(address);
    }

    /** The number in part of a text, or -1 where it is none or has too many digits. */
    private static int number(String text, int start, int end, int radix, int maxDigits) {
        if (end <= start || end - start > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    /** The text of an address, without brackets; the longest run of zeros becomes {@code ::} (RFC 5952). */
    static String of(byte[] address) {
        StringBuilder text = new StringBuilder();
        if (address.length == 4) {
            for (int i = 0; i < 4; i++) {
                text.append(i == 0 ? "" : ".").append(address[i] & 0xff);
            }
            return text.toString();
        }
        int longest = -1;
        int longestLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int length = 0;
            while (start + length < GROUPS && group(address, start + length) == 0) {
                length++;
            }
            if (length > longestLength) {
                longest = start;
                longestLength = length;
            }
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i == longest) {
                text.append("::");
                i += longestLength - 1;
            } else {
                boolean first = i == 0 || text.charAt(text.length() - 1) == ':';
                text.append(first ? "" : ":").append(Integer.toHexString(group(address, i)));
            }
        }
        return text.toString();
    }

    private static int group(byte[] address, int index) {
        return (address[2 * index] & 0xff) << 8 | address[2 * index + 1] & 0xff;
    }
}
