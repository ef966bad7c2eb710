package dev.gatun.linux;

/** Standard input, output or error: open when the program starts, and never closed by it. */
public final class StandardStream extends Fd {

    private StandardStream(Libc libc, int number) {
        super(libc, number);
    }

    public static StandardStream input(Libc libc) {
        return new StandardStream(libc, 0);
    }

    public static StandardStream output(Libc libc) {
        return new StandardStream(libc, 1);
    }

    public static StandardStream error(Libc libc) {
        return new StandardStream(libc, 2);
    }

    @Override
    public void close() {
        // The stream belongs to whoever started the program.
    }
}
