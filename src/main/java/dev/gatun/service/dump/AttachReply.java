package dev.gatun.service.dump;

/**
 * What HotSpot answers: a line with a number, then text. The number is 0 wherever the command was understood, and whether
 * it came to anything is for the text to say.
 */
record AttachReply(String code, String text) {

    static AttachReply parse(String reply) {
        int end = reply.indexOf('\n');
        return end < 0
                ? new AttachReply(reply.trim(), "")
                : new AttachReply(reply.substring(0, end).trim(), reply.substring(end + 1).trim());
    }

    /** Whether nothing came at all, as when HotSpot does not trust the user who asks, or has ended. */
    boolean isMissing() {
        return code.isEmpty();
    }

    boolean says(String words) {
        return code.equals("0") && text.contains(words);
    }

    /** The last line, which says what went wrong. */
    String lastLine() {
        return text.isEmpty() ? "code " + code : text.substring(text.lastIndexOf('\n') + 1);
    }
}
