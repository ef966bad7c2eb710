package dev.gatun.engine.systemd;

/** A call over the bus came to nothing. */
final class BusException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What that means. */
    enum Kind {
        /** There is no such unit. */
        NO_SUCH_UNIT,
        /** There is one of that name already. */
        UNIT_EXISTS,
        /** The bus went away, or did not answer: whether it was done is not known. */
        LOST,
        /** The manager said no. */
        REFUSED
    }

    private final Kind kind;

    BusException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
