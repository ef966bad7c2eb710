package dev.gatun.cli;

import java.io.PrintStream;

/** Where a command prints: its answer to standard output, what is wrong to standard error. */
public final class Console {

    private final PrintStream out;
    private final PrintStream err;

    public Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public void print(String text) {
        out.print(text);
        out.flush();
    }

    public void complain(String text) {
        err.print(text);
        err.flush();
    }
}
