package dev.gatun.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** From the bytes of a file to its text. */
final class FileText {

    private FileText() {}

    /** The text without a byte order mark; or null, with a problem. */
    static String decode(String fileName, byte[] content, Problems problems) {
        if (beginsWith(content, 0xef, 0xbb, 0xbf)) {
            return decode(fileName, content, 3, StandardCharsets.UTF_8, problems);
        }
        if (beginsWith(content, 0xfe, 0xff)) {
            return decode(fileName, content, 2, StandardCharsets.UTF_16BE, problems);
        }
        if (beginsWith(content, 0xff, 0xfe)) {
            return decode(fileName, content, 2, StandardCharsets.UTF_16LE, problems);
        }
        return decode(fileName, content, 0, StandardCharsets.UTF_8, problems);
    }

    /** The place of a character. */
    static Position position(String fileName, CharSequence text, int index) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < index; i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n')) {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c) && c != '\r') {
                column++;
            }
        }
        return new Position(fileName, line, column);
    }

    private static boolean beginsWith(byte[] content, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i == content.length || (content[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static String decode(String fileName, byte[] content, int start, Charset charset, Problems problems) {
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(content, start, content.length - start);
        CharBuffer text = CharBuffer.allocate(content.length - start);
        CoderResult result = decoder.decode(bytes, text, true);
        text.flip();
        if (result.isError()) {
            int wrong = content[bytes.position()] & 0xff;
            problems.error(position(fileName, text, text.length()), "",
                    "a byte that is not " + charset.name() + " (0x" + Integer.toHexString(wrong) + ")",
                    "a file in UTF-8");
            return null;
        }
        return text.toString();
    }
}
