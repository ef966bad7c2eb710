package dev.gatun.process;

/** A launcher could not do what it was asked for. The message is one sentence that begins with what that was. */
public final class LauncherException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What was asked for. */
    public enum Operation {
        LAUNCH("launch failed"),
        TERMINATE("terminate failed"),
        KILL("kill failed"),
        /** Anything else. */
        OTHER("launcher error");

        private final String text;

        Operation(String text) {
            this.text = text;
        }
    }

    private final Operation operation;
    private final String detail;

    /** @param detail what went wrong, without the operation */
    public LauncherException(Operation operation, String detail) {
        this(operation, detail, null);
    }

    public LauncherException(Operation operation, String detail, Throwable cause) {
        super(operation.text + ": " + detail, cause);
        this.operation = operation;
        this.detail = detail;
    }

    public Operation operation() {
        return operation;
    }

    /** What went wrong, without the operation. */
    public String detail() {
        return detail;
    }
}
