package dev.gatun.cli;

import java.io.PrintStream;

/** Where a command prints: its answer to standard output, what is wrong to standard error. */
final class Console {

    private final PrintStream out;
    private final PrintStream err;

    Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    void print(String text) {
        out.print(text);
        out.flush();
    }

    void complain(String text) {
        err.print(text);
        err.flush();
    }
}
