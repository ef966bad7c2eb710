package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.FileLock;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.WholeFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file that says which processes run and by which handles they are found again. A line is added for each start and each
 * end, in one write, so that a kill of ours in the middle costs one line at the most; when it has grown far beyond what
 * runs it is written anew beside the old, and takes its place. What the file has when the machine goes down does not
 * matter, since the processes go with it or are found by their launcher. Thread-safe. One program at a time has it, by a
 * lock on a file of the same name with {@code .lock} at its end.
 */
public final class HandleJournal implements AutoCloseable {

    private static final String STARTED = "+";
    private static final String OVER = "-";

    /** Tells a whole line from one that was cut. */
    private static final String END = ".";

    private static final int MIN_LINES_TO_WRITE_ANEW = 1024;

    private final Path file;
    private final Libc libc = new SystemLibc();
    private FileLock lock;
    private final Map<ProcId, String> handles = new LinkedHashMap<>();
    private FileChannel channel;
    private int lines;

    private HandleJournal(Path file) {
        this.file = file;
    }

    /**
     * Reads a journal, or begins one. A line that makes no sense, as the last may where we were killed, is left out.
     *
     * @throws LauncherException where the file cannot be read or written, and where another program has it
     */
    public static HandleJournal open(Path file) {
        requireNonNull(file);
        HandleJournal journal = new HandleJournal(file);
        boolean isOpen = false;
        try {
            journal.lock = FileLock.tryTake(journal.libc, CString.of(file + ".lock"))
                    .orElseThrow(() -> refused("another program has the journal " + file));
            journal.read();
            journal.writeAnew();
            isOpen = true;
            return journal;
        } catch (IOException | LinuxException unreadable) {
            throw refused("the journal " + file + ": " + unreadable);
        } finally {
            if (!isOpen) {
                journal.close();
            }
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
        if (!Files.exists(file)) {
            return;
        }
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            try {
                read(line.split("\t", -1));
            } catch (IllegalArgumentException cut) {
                // No name, or half of a character's code.
            }
        }
    }

    private void read(String[] fields) {
        if (fields[0].equals(STARTED) && fields.length == 4 && fields[3].equals(END)) {
            handles.put(new ProcId(decode(fields[1])), decode(fields[2]));
        } else if (fields[0].equals(OVER) && fields.length == 3 && fields[2].equals(END)) {
            handles.remove(new ProcId(decode(fields[1])));
        }
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
        append(line(STARTED, id.value(), handle));
    }

    synchronized void over(ProcId id) {
        if (handles.remove(id) != null) {
            append(line(OVER, id.value()));
        }
    }

    private static String line(String kind, String... fields) {
        StringBuilder line = new StringBuilder(kind).append('\t');
        for (String field : fields) {
            line.append(encode(field)).append('\t');
        }
        return line.append(END).append('\n').toString();
    }

    private void append(String line) {
        try {
            lines++;
            if (lines > MIN_LINES_TO_WRITE_ANEW && lines > 4 * handles.size()) {
                writeAnew();
            } else {
                write(channel, line);
            }
        } catch (IOException | LinuxException full) {
            // A process that could not be written down runs all the same.
            System.getLogger("dev.gatun.process")
                    .log(System.Logger.Level.ERROR, "the journal " + file + " cannot be written", full);
        }
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.OTHER, detail);
    }

    private static void write(FileChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void writeAnew() throws IOException {
        StringBuilder text = new StringBuilder();
        handles.forEach((id, handle) -> text.append(line(STARTED, id.value(), handle)));
        WholeFile.replace(libc, CString.of(file.toString()), text.toString().getBytes(StandardCharsets.UTF_8));
        FileChannel next = FileChannel.open(file, StandardOpenOption.APPEND);
        if (channel != null) {
            closeQuietly(channel);
        }
        channel = next;
        lines = handles.size();
    }

    /** Gives the file back, for another program to go on with. */
    @Override
    public synchronized void close() {
        if (channel != null) {
            closeQuietly(channel);
        }
        if (lock != null) {
            lock.close();
        }
    }
}
