package dev.gatun.probe;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The head of a request as it comes in, in pieces of any size (RFC 9112). Of it all only the request line is of use;
 * fields are looked at as far as it takes to tell HTTP from something else.
 */
final class HttpHead {

    static final int MAX_BYTES = 8 * 1024;

    private byte[] bytes = new byte[512];
    private int length;

    /** Where the next look for the end begins. */
    private int searched;

    /** What a head came to: a request, or the status to refuse it with. */
    record Parsed(Optional<HttpRequest> request, int refusal) {

        private static Parsed refused(int status) {
            return new Parsed(Optional.empty(), status);
        }
    }

    /**
     * Takes a piece.
     *
     * @return empty as long as more has to come; what follows the head is of no interest
     */
    Optional<Parsed> add(byte[] piece, int count) {
        int taken = Math.min(count, MAX_BYTES - length);
        if (length + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(2 * bytes.length, length + taken)));
        }
        System.arraycopy(piece, 0, bytes, length, taken);
        length += taken;
        int start = firstLine();
        int end = end(start);
        if (end >= 0) {
            return Optional.of(parse(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1)));
        }
        return length == MAX_BYTES ? Optional.of(Parsed.refused(431)) : Optional.empty();
    }

    /** Some clients send an empty line too many before a request (RFC 9112, 2.2). */
    private int firstLine() {
        int at = 0;
        while (at < length && (bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** The end of the last line before the empty one, or -1; a bare line feed ends a line as well. */
    private int end(int start) {
        for (int i = Math.max(start, searched); i < length; i++) {
            if (bytes[i] == '\n' && endsEmptyLine(i, start)) {
                return i;
            }
        }
        searched = length;
        return -1;
    }

    private boolean endsEmptyLine(int lineFeed, int start) {
        int before = lineFeed - 1;
        if (before >= start && bytes[before] == '\r') {
            before--;
        }
        return before >= start && bytes[before] == '\n';
    }

    private static Parsed parse(String head) {
        int lineEnd = head.indexOf('\n');
        String line = withoutReturn(head.substring(0, lineEnd));
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last <= first + 1 || !areFields(head, lineEnd + 1)) {
            return Parsed.refused(400);
        }
        String version = line.substring(last + 1);
        if (!isVersion(version)) {
            return Parsed.refused(400);
        }
        if (version.charAt(5) != '1') {
            return Parsed.refused(505);
        }
        String method = line.substring(0, first);
        if (!isToken(method)) {
            return Parsed.refused(400);
        }
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return Parsed.refused(405);
        }
        Optional<String> path = path(line.substring(first + 1, last));
        return path.isPresent()
                ? new Parsed(Optional.of(new HttpRequest(method, path.get())), 0)
                : Parsed.refused(400);
    }

    private static String withoutReturn(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** {@code HTTP/1.1} and the like: one digit each (RFC 9112, 2.3). */
    private static boolean isVersion(String text) {
        return text.length() == 8
                && text.startsWith("HTTP/")
                && isDigit(text.charAt(5))
                && text.charAt(6) == '.'
                && isDigit(text.charAt(7));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127 || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether each line is a name and a colon; what they say is not read. */
    private static boolean areFields(String head, int from) {
        int at = from;
        while (at < head.length()) {
            int end = head.indexOf('\n', at);
            String line = withoutReturn(head.substring(at, end < 0 ? head.length() : end));
            int colon = line.indexOf(':');
            if (!line.isEmpty() && (colon < 0 || !isToken(line.substring(0, colon)))) {
                return false;
            }
            at = end < 0 ? head.length() : end + 1;
        }
        return true;
    }

    /** Of {@code /path?query}, or of {@code http://host/path?query}, as clients of proxies have it. */
    private static Optional<String> path(String target) {
        String path = target;
        int scheme = target.indexOf("://");
        if (target.charAt(0) != '/' && scheme > 0) {
            int slash = target.indexOf('/', scheme + 3);
            int query = target.indexOf('?', scheme + 3);
            boolean rootOnly = slash < 0 || query >= 0 && query < slash;
            path = rootOnly ? "/" : target.substring(slash);
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '?' || c == '#') {
                path = path.substring(0, i);
            } else if (c <= ' ' || c == 127) {
                return Optional.empty();
            }
        }
        return path.startsWith("/") ? Optional.of(path) : Optional.empty();
    }
}
