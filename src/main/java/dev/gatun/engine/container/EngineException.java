package dev.gatun.engine.container;

/** The engine did not do what it was asked for. The message is what it says itself, as the end of a sentence. */
final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of a no. */
    enum Kind {
        /** Nobody answers, or the connection was lost before the answer was complete: it may have been done. */
        UNREACHABLE,
        /** There is no such container, image or network. */
        NOT_FOUND,
        /** Not in this state: to kill what has ended, to remove what is being removed. */
        CONFLICT,
        /** It was so already. */
        UNCHANGED,
        REFUSED
    }

    private final Kind kind;

    EngineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
