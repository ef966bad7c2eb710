package dev.gatun.spawner.message;

/** What came is no message of the protocol, or what should go cannot be one. The text is one sentence, without values. */
public final class MalformedMessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }
}
