package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.SpawnTape.Builder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A real process, spawned by a tape, with pipes at its standard input and output; ended and collected in any case. */
final class RealChild implements AutoCloseable {

    private final Pipe input;
    private final Pipe output;
    private final Spawned spawned;
    private String unread = "";
    private boolean collected;

    private RealChild(Pipe input, Pipe output, Spawned spawned) {
        this.input = input;
        this.output = output;
        this.spawned = spawned;
    }

    /** What a program printed and how it ended. */
    record Finished(String output, Children.Change change) {
        WaitStatus status() {
            return change.status();
        }
    }

    static final Consumer<Builder> NOTHING = builder -> {};

    /** {@code cat}, which waits for its input: there is all the time in the world to look at it in {@code /proc}. */
    static RealChild cat(Consumer<Builder> steps) {
        return cat(LIBC, steps);
    }

    static RealChild cat(Libc libc, Consumer<Builder> steps) {
        RealChild child = start(libc, steps, "/bin/cat");
        // The spawn returns when the program's memory is in place, before the kernel has closed descriptors and named the
        // process; an echo shows that the program itself runs.
        try {
            child.echo();
        } catch (Throwable failure) {
            child.close();
            throw failure;
        }
        return child;
    }

    /** A shell that runs a script. */
    static RealChild shell(Consumer<Builder> steps, String script) {
        return start(LIBC, steps, "/bin/sh", "-c", script);
    }

    static RealChild start(Consumer<Builder> steps, String... command) {
        return start(LIBC, steps, command);
    }

    private static RealChild start(Libc libc, Consumer<Builder> steps, String... command) {
        return start(libc, steps.andThen(RealChild::end), CString.of(command[0]), CString.listOf(command),
                environment());
    }

    /** The JVM's own descriptors are inherited: its files are not opened close-on-exec. */
    private static void end(Builder builder) {
        builder.closeDescriptorsExcept().resetSignals(SignalSet.NONE);
    }

    /** The pipes are the first steps of the tape, so that those given can put something else in their place. */
    static RealChild start(
            Libc libc, Consumer<Builder> steps, CString path, List<CString> arguments, List<CString> environment) {
        Pipe input = Pipe.open(libc);
        Pipe output = Pipe.open(libc);
        Builder builder = SpawnTape.builder().redirect(0, input.readEnd()).redirect(1, output.writeEnd());
        steps.accept(builder);
        SpawnResult result = builder.execute(path, arguments, environment, false).build().spawn(libc);
        input.readEnd().close();
        output.writeEnd().close();
        if (result instanceof Spawned spawned) {
            return new RealChild(input, output, spawned);
        }
        input.close();
        output.close();
        throw new AssertionError(result.toString());
    }

    /** Runs a program to its end. */
    static Finished run(Consumer<Builder> steps, String... command) {
        try (RealChild child = start(steps, command)) {
            return child.finish();
        }
    }

    /** Spawns {@code /bin/true} behind steps of which one must fail. */
    static SpawnFailure failing(Consumer<Builder> steps) {
        Builder builder = SpawnTape.builder();
        steps.accept(builder);
        CString program = CString.of("/bin/true");
        return failing(builder.execute(program, List.of(program), List.of(), false).build());
    }

    static SpawnFailure failing(SpawnTape tape) {
        SpawnResult result = tape.spawn(LIBC);
        if (result instanceof Spawned spawned) {
            new Children(LIBC).await(spawned.pid());
            spawned.pidfd().close();
        }
        assertThat(result).isInstanceOf(SpawnFailure.class);
        return (SpawnFailure) result;
    }

    static List<CString> environment() {
        List<CString> entries = new ArrayList<>();
        for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
            entries.add(CString.of(entry.getKey() + "=" + entry.getValue()));
        }
        return entries;
    }

    int pid() {
        return spawned.pid();
    }

    PidFd pidfd() {
        return spawned.pidfd();
    }

    Spawned spawned() {
        return spawned;
    }

    /** One line of output. */
    String line() {
        int end = unread.indexOf("\n");
        while (end < 0) {
            byte[] read = Kernel.read(output.readEnd());
            assertThat(read).as("output, after \"" + unread + "\"").isNotEmpty();
            unread += new String(read, StandardCharsets.ISO_8859_1);
            end = unread.indexOf("\n");
        }
        String line = unread.substring(0, end);
        unread = unread.substring(end + 1);
        return line;
    }

    void say(String line) {
        Kernel.write(input.writeEnd(), line + "\n");
    }

    /** Lets {@code cat} repeat a line. */
    void echo() {
        say("hello");
        assertThat(line()).isEqualTo("hello");
    }

    void send(Signal signal) {
        assertThat(spawned.pidfd().send(signal.number())).isTrue();
    }

    void awaitEnd() {
        Kernel.awaitReadable(spawned.pidfd());
    }

    /** Waits for the end and takes it; the input stays open. */
    Children.Change collect() {
        awaitEnd();
        Optional<Children.Change> change = new Children(LIBC).collect(pid());
        collected = true;
        return change.orElseThrow();
    }

    /** Closes the input, reads all output, waits for the end. */
    Finished finish() {
        input.writeEnd().close();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] read = Kernel.read(output.readEnd());
        while (read.length > 0) {
            all.writeBytes(read);
            read = Kernel.read(output.readEnd());
        }
        return new Finished(unread + all.toString(StandardCharsets.ISO_8859_1), collect());
    }

    Path proc(String file) {
        return Path.of("/proc/" + pid(), file);
    }

    byte[] procBytes(String file) {
        try {
            return Files.readAllBytes(proc(file));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    String procText(String file) {
        return new String(procBytes(file), StandardCharsets.ISO_8859_1);
    }

    /** A field of {@code /proc/PID/status}, blanks in it made single. */
    String status(String field) {
        for (String line : procText("status").split("\n")) {
            if (line.startsWith(field + ":")) {
                return line.substring(field.length() + 1).trim().replaceAll("\\s+", " ");
            }
        }
        throw new AssertionError("no " + field + " in " + proc("status"));
    }

    long statusBits(String field) {
        return Long.parseUnsignedLong(status(field), 16);
    }

    /** A field of {@code /proc/PID/stat} by its number in the manual page, from 3. */
    long stat(int field) {
        String stat = procText("stat");
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[field - 3]);
    }

    String link(String file) {
        try {
            return Files.readSymbolicLink(proc(file)).toString();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        if (!collected) {
            spawned.pidfd().send(Signal.KILL.number());
            new Children(LIBC).await(pid());
            collected = true;
        }
        spawned.pidfd().close();
        input.close();
        output.close();
    }
}
