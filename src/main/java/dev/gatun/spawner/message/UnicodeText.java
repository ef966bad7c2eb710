package dev.gatun.spawner.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What UTF-8 allows (RFC 3629). */
final class UnicodeText {

    private UnicodeText() {}

    /** @throws MalformedMessageException where the bytes are no UTF-8: a lenient decoder would make two names of one */
    static String decode(byte[] bytes, int offset, int count) {
        try {
            return StandardCharsets.UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, count))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new MalformedMessageException("not UTF-8");
        }
    }

    /** Whether there is half a character in it, which has no bytes in UTF-8. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
