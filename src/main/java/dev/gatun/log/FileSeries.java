package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file and its predecessors, which have numbers behind its name, the youngest the lowest.
 *
 * @param newest the file without a number
 * @param firstNumber what the youngest predecessor is called: 1 as a rule, 0 with go-init
 * @param predecessors how many of them are kept, 0 or more
 */
public record FileSeries(Path newest, int firstNumber, int predecessors) {

    public FileSeries {
        requireNonNull(newest);
        if (firstNumber < 0 || predecessors < 0) {
            throw new IllegalArgumentException(
                    predecessors + " files from number " + firstNumber + " on; neither can be negative");
        }
    }

    /**
     * Makes room for a new file: each gets the next number, and the oldest goes. Files that are not there leave their
     * gaps. Where none is kept, nothing happens: the newest is to be emptied then.
     *
     * @throws IOException naming the file that could not be renamed
     */
    public void shift() throws IOException {
        for (int i = predecessors - 1; i >= 0; i--) {
            Path younger = i == 0 ? newest : numbered(i - 1);
            if (Files.exists(younger, LinkOption.NOFOLLOW_LINKS)) {
                // rename(2): whoever looks finds either the old file or the new one.
                Files.move(younger, numbered(i), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private Path numbered(int index) {
        return newest.resolveSibling(newest.getFileName() + "." + (firstNumber + index));
    }
}
