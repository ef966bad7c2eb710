package dev.gatun.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code /proc} shows of processes. */
public final class Processes {

    private Processes() {}

    /** A field of {@code /proc/PID/status}; empty once the process is gone. */
    public static Optional<String> status(long pid, String field) {
        return read(Path.of("/proc/" + pid + "/status"))
                .flatMap(text -> text.lines().filter(line -> line.startsWith(field + ":")).findFirst())
                .map(line -> line.substring(field.length() + 1).strip());
    }

    /** One letter: R, S, D, T (stopped), Z (zombie); empty once the process has been waited for. */
    public static Optional<String> state(long pid) {
        return status(pid, "State").map(state -> state.substring(0, 1));
    }

    /** Whether all of its threads are stopped: its parent is told of that when the last one is, and not before. */
    public static boolean isStopped(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.allMatch(thread -> read(thread.resolve("status"))
                    .filter(status -> status.contains("\nState:\tT "))
                    .isPresent());
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whether it runs or could run again: not gone, and no zombie. */
    public static boolean isAlive(long pid) {
        return state(pid).filter(state -> !state.equals("Z")).isPresent();
    }

    /** A set of signals of {@code /proc/PID/status}, such as {@code SigBlk}. */
    public static boolean hasSignal(long pid, String field, int signal) {
        return status(pid, field)
                .filter(mask -> (Long.parseUnsignedLong(mask, 16) & 1L << signal - 1) != 0)
                .isPresent();
    }

    /** A soft limit of {@code /proc/PID/limits} by the name it has there, such as {@code Max open files}. */
    public static String limit(long pid, String name) {
        return read(Path.of("/proc/" + pid + "/limits"))
                .flatMap(text -> text.lines().filter(line -> line.startsWith(name + " ")).findFirst())
                .map(line -> line.substring(name.length()).strip().split(" +")[0])
                .orElseThrow(() -> new AssertionError("no limit " + name + " of " + pid));
    }

    /** The environment of a process as it was started, entry by entry. */
    public static List<String> environment(long pid) {
        return read(Path.of("/proc/" + pid + "/environ"))
                .map(text -> List.of(text.split("\0")))
                .orElseThrow(() -> new AssertionError(pid + " is gone"));
    }

    /** When it was started, in clock ticks since the machine was. */
    public static long startTime(long pid) {
        return read(Path.of("/proc/" + pid + "/stat"))
                .map(stat -> Long.valueOf(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]))
                .orElseThrow(() -> new AssertionError(pid + " is gone"));
    }

    /** The words of a process. */
    public static List<String> words(long pid) {
        return read(Path.of("/proc/" + pid + "/cmdline"))
                .map(text -> List.of(text.split("\0")))
                .orElseThrow(() -> new AssertionError(pid + " is gone"));
    }

    /** Whether its process group is in the foreground of its terminal: who keys are for. */
    public static boolean hasTerminal(long pid) {
        return read(Path.of("/proc/" + pid + "/stat"))
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
                .filter(fields -> fields[2].equals(fields[5]))
                .isPresent();
    }

    /** The children of a process, zombies too. */
    public static List<Long> children(long parent) {
        return all().stream()
                .filter(pid -> status(pid, "PPid").equals(Optional.of(Long.toString(parent))))
                .toList();
    }

    /** The innermost process of a chain such as {@code unshare --fork}, whose child is all it is there for. */
    public static long childOf(long parent) {
        return Await.value("a child of " + parent, () -> children(parent).stream().findFirst());
    }

    /** Our pid of a process that has the given one in the PID namespace that {@code init} is the first of. */
    public static long inNamespaceOf(long init, long innerPid) {
        String ending = "\t" + innerPid;
        return all().stream()
                .filter(pid -> status(pid, "NSpid").filter(pids -> pids.endsWith(ending)).isPresent())
                .filter(pid -> pidNamespace(pid).equals(pidNamespace(init)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no process " + innerPid + " in the namespace of " + init));
    }

    private static String pidNamespace(long pid) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/pid")).toString();
        } catch (IOException gone) {
            return "none";
        }
    }

    /** Processes, zombies aside, in whose environment an entry stands. */
    public static List<Long> withEntry(String entry) {
        return all().stream()
                .filter(pid -> read(Path.of("/proc/" + pid + "/environ"))
                        .filter(environment -> List.of(environment.split("\0")).contains(entry))
                        .isPresent())
                .toList();
    }

    public static String commandLine(long pid) {
        return read(Path.of("/proc/" + pid + "/cmdline")).orElse("").replace('\0', ' ');
    }

    private static List<Long> all() {
        try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
