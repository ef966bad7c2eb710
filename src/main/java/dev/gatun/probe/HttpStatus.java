package dev.gatun.probe;

/** Finds the status in the beginning of an answer (RFC 9112, 4), of which as much is there as has arrived. */
final class HttpStatus {

    /** More has to arrive. */
    static final int UNKNOWN = 0;

    /** It is no answer by HTTP/1. */
    static final int NONE = -1;

    /** {@code HTTP/1.x nnn}. */
    private static final int LENGTH = 12;

    private static final String PROTOCOL = "HTTP/1.";

    private HttpStatus() {}

    /** The final status, beyond interim ones (100 to 199), which announce that another follows. */
    static int of(byte[] answer, int length) {
        int at = 0;
        while (true) {
            int status = statusAt(answer, at, length);
            if (status < 100 || status > 199) {
                return status;
            }
            at = endOfHead(answer, at, length);
            if (at < 0) {
                return UNKNOWN;
            }
        }
    }

    private static int statusAt(byte[] answer, int start, int length) {
        int available = Math.min(length - start, LENGTH);
        int status = 0;
        for (int i = 0; i < available; i++) {
            char c = (char) answer[start + i];
            if (!isExpected(c, i)) {
                return NONE;
            }
            if (i > 8) {
                status = 10 * status + c - '0';
            }
        }
        if (available < LENGTH || length == start + LENGTH) {
            return UNKNOWN;
        }
        byte next = answer[start + LENGTH];
        return (next == ' ' || next == '\r' || next == '\n') && status >= 100 ? status : NONE;
    }

    private static boolean isExpected(char c, int index) {
        if (index < PROTOCOL.length()) {
            return c == PROTOCOL.charAt(index);
        }
        return index == 8 ? c == ' ' : c >= '0' && c <= '9';
    }

    private static int endOfHead(byte[] answer, int start, int length) {
        int lineStart = start;
        for (int i = start; i < length; i++) {
            if (answer[i] == '\n') {
                boolean empty = i == lineStart || i == lineStart + 1 && answer[lineStart] == '\r';
                if (empty) {
                    return i + 1;
                }
                lineStart = i + 1;
            }
        }
        return -1;
    }
}
