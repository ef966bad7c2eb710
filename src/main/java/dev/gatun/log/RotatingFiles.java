package dev.gatun.log;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that is appended to, and that makes way for a new one when it is full: {@code PATH} becomes {@code PATH.1}, that
 * {@code PATH.2}, and the oldest goes. Lines stay in one file, unless one is longer than a file.
 *
 * <p>Every write looks first whether the path still leads to the file that is open: it may have been removed, with its
 * folder perhaps, or renamed by another program. Then the file, and the folder, are made anew. A path that leads to
 * something else than a file (a device, a FIFO) is written to and never renamed.
 */
public final class RotatingFiles implements Destination {

    private final FileSeries series;
    private final long maxBytes;
    private FileChannel channel;
    private Object key;
    private boolean isRegular;
    private long size;

    /**
     * Files that are not open yet.
     *
     * @param path the one that is written to; what is there already is kept
     * @param maxBytes how long it may become
     * @param files how many there are at most, with the one that is written to
     */
    public RotatingFiles(Path path, long maxBytes, int files) {
        if (maxBytes < 1 || files < 1) {
            throw new IllegalArgumentException(
                    requireNonNull(path) + ": " + files + " files of " + maxBytes + " bytes; expected at least 1 of 1");
        }
        this.series = new FileSeries(path.toAbsolutePath(), 1, files - 1);
        this.maxBytes = maxBytes;
    }

    @Override
    public int write(byte[] bytes, int offset, int length) throws IOException {
        try {
            if (!isOpen()) {
                close();
                open();
            }
            int count = fitting(bytes, offset, length);
            if (count == 0) {
                rotate();
                count = fitting(bytes, offset, length);
            }
            int written = channel.write(ByteBuffer.wrap(bytes, offset, count));
            size += written;
            return written;
        } catch (IOException problem) {
            throw new IOException(describe(problem), problem);
        }
    }

    /** Whether the file is open that the path leads to. */
    private boolean isOpen() throws IOException {
        if (channel == null) {
            return false;
        }
        try {
            return attributes().fileKey().equals(key);
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    private BasicFileAttributes attributes() throws IOException {
        return Files.readAttributes(series.newest(), BasicFileAttributes.class);
    }

    private void open() throws IOException {
        Path path = series.newest();
        if (!Files.isDirectory(path.getParent())) {
            Files.createDirectories(path.getParent());
        }
        channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
        BasicFileAttributes attributes = attributes();
        key = attributes.fileKey();
        isRegular = attributes.isRegularFile();
        size = isRegular ? attributes.size() : 0;
    }

    /** How many of the bytes go into the file as it is: those of whole lines if they do not all fit. */
    private int fitting(byte[] bytes, int offset, int length) {
        if (!isRegular || length <= maxBytes - size) {
            return length;
        }
        int room = (int) Math.max(0, maxBytes - size);
        for (int count = room; count > 0; count--) {
            if (bytes[offset + count - 1] == '\n') {
                return count;
            }
        }
        // A line that is longer than a file is cut.
        return size == 0 ? room : 0;
    }

    private void rotate() throws IOException {
        if (series.predecessors() == 0) {
            channel.truncate(0);
            size = 0;
        } else {
            series.shift();
            close();
            open();
        }
    }

    private String describe(IOException problem) {
        String text = "cannot write to " + series.newest() + ": ";
        if (!(problem instanceof FileSystemException failure)) {
            return text + problem.getMessage();
        }
        String where = series.newest().toString().equals(failure.getFile()) ? "" : failure.getFile() + ": ";
        return text + where + reason(failure);
    }

    /** The JDK has exceptions of their own for some errnos, without words. */
    private static String reason(FileSystemException failure) {
        if (failure.getReason() != null) {
            return failure.getReason();
        }
        return switch (failure) {
            case AccessDeniedException denied -> "Permission denied";
            case NoSuchFileException missing -> "No such file or directory";
            case FileAlreadyExistsException inTheWay -> "Not a directory";
            default -> failure.getClass().getSimpleName();
        };
    }

    @Override
    public void close() {
        if (channel != null) {
            FileChannel closing = channel;
            channel = null;
            try {
                closing.close();
            } catch (IOException lost) {
                // What close(2) reports here (NFS, quotas) is of bytes that are gone from our hands.
            }
        }
    }
}
