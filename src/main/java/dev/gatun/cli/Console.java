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

    /** Answers a question: yes to standard output, no to standard error; the result is the exit code for it. */
    public int answer(boolean yes, String sentence) {
        if (yes) {
            print(sentence + "\n");
            return 0;
        }
        complain(sentence + "\n");
        return 1;
    }

    public void complain(String text) {
        err.print(text);
        err.flush();
    }
}
