package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file that says which processes run and by which handles they are found again. A line is added for each start and each
 * end, in one write, so that a kill of ours in the middle costs one line at the most; when it has grown far beyond what
 * runs it is written anew. What the file has when the machine goes down does not matter, since the processes go with it
 * or are found by their launcher. Thread-safe; one program at a time has it.
 */
public final class HandleJournal implements AutoCloseable {

    private static final String STARTED = "+";
    private static final String OVER = "-";
    private static final int MIN_LINES_TO_COMPACT = 1024;

    private final Path file;
    private final FileChannel channel;
    private final Map<ProcId, String> handles = new LinkedHashMap<>();
    private int lines;

    private HandleJournal(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Reads a journal, or begins one. A line that makes no sense, as the last may where we were killed, is left out.
     *
     * @throws LauncherException where the file cannot be read or written, and where another program has it
     */
    public static HandleJournal open(Path file) {
        requireNonNull(file);
        FileChannel channel = null;
        HandleJournal journal = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!isOurs(channel)) {
                throw refused("another program has the journal " + file);
            }
            journal = new HandleJournal(file, channel);
            journal.read();
            return journal;
        } catch (IOException unreadable) {
            journal = null;
            throw refused("the journal " + file + ": " + unreadable);
        } finally {
            if (journal == null && channel != null) {
                closeQuietly(channel);
            }
        }
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException ownProgram) {
            return false;
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException nothingToDo) {
            // The descriptor is gone either way (close(2)).
        }
    }

    private void read() throws IOException {
        for (String line : Files.readString(file).split("\n")) {
            String[] fields = line.split("\t", -1);
            if (fields[0].equals(STARTED) && fields.length == 4 && fields[3].equals(".")) {
                handles.put(new ProcId(decode(fields[1])), decode(fields[2]));
            } else if (fields[0].equals(OVER) && fields.length == 3 && fields[2].equals(".")) {
                handles.remove(new ProcId(decode(fields[1])));
            }
        }
        compact();
    }

    private static String decode(String field) {
        return URLDecoder.decode(field, StandardCharsets.UTF_8);
    }

    private static String encode(String field) {
        return URLEncoder.encode(field, StandardCharsets.UTF_8);
    }

    /** What ran when the journal was left, and what has been started since, by name. */
    public synchronized Map<ProcId, String> handles() {
        return new LinkedHashMap<>(handles);
    }

    synchronized void started(ProcId id, String handle) {
        handles.put(id, handle);
        append(startedLine(id, handle));
    }

    synchronized void over(ProcId id) {
        if (handles.remove(id) != null) {
            append(OVER + "\t" + encode(id.value()) + "\t.\n");
        }
    }

    /** The full stop at the end tells a whole line from one that was cut. */
    private static String startedLine(ProcId id, String handle) {
        return STARTED + "\t" + encode(id.value()) + "\t" + encode(handle) + "\t.\n";
    }

    private void append(String line) {
        try {
            lines++;
            write(line, channel.size());
            if (lines > MIN_LINES_TO_COMPACT && lines > 4 * handles.size()) {
                compact();
            }
        } catch (IOException full) {
            // A process that could not be written down runs all the same.
            System.getLogger("dev.gatun.process")
                    .log(System.Logger.Level.ERROR, "the journal " + file + " cannot be written", full);
        }
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.OTHER, detail);
    }

    private void write(String text, long at) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }

    /**
     * In place, so that the lock stays. The new text is shorter and is written over the old, whose rest is cut off then:
     * if we are killed in between, what is left of the old text ends in the same state as the new.
     */
    private void compact() throws IOException {
        StringBuilder text = new StringBuilder();
        handles.forEach((id, handle) -> text.append(startedLine(id, handle)));
        write(text.toString(), 0);
        channel.truncate(text.length());
        lines = handles.size();
    }

    /** Gives the file back, for another program to go on with. */
    @Override
    public synchronized void close() {
        closeQuietly(channel);
    }
}
