package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

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

    /**
     * Opens {@code /dev/null} for each of the three that the caller left closed. Otherwise the next file that is opened
     * takes the free number, and what the child takes for its standard error is some file of ours.
     */
    public static void openMissing(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            for (int number = 0; number <= 2; number++) {
                if (libc.fcntl(number, Linux.F_GETFD(), 0) == -Errno.EBADF) {
                    libc.open(CString.of("/dev/null").allocate(arena), Linux.O_RDWR(), 0);
                }
            }
        }
    }

    @Override
    public void close() {
        // The stream belongs to whoever started the program.
    }
}
