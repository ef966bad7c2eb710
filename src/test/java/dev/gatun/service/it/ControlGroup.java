package dev.gatun.service.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.it.Await;
import dev.gatun.it.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A control group of version 1 below our own that is there for one test. */
final class ControlGroup implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path mount;
    private final Path folder;

    private ControlGroup(Path mount, Path folder) {
        this.mount = mount;
        this.folder = folder;
    }

    static ControlGroup of(String controller) {
        String why = "skipped: no hierarchy of control groups, version 1, with controller " + controller
                + " that may be written";
        Path mount = Path.of("/sys/fs/cgroup", controller);
        assumeTrue(Files.exists(mount.resolve("cgroup.procs")), why);
        String own = lines(Path.of("/proc/self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> List.of(fields[1].split(",")).contains(controller))
                .map(fields -> fields[2])
                .findFirst().orElse("");
        Path parent = mount.resolve(own.substring(1));
        assumeTrue(Files.isDirectory(parent), why);
        try {
            return new ControlGroup(mount, Files.createDirectory(
                    parent.resolve("gatun-it-" + Kernel.ownPid() + "-" + NUMBER.incrementAndGet())));
        } catch (IOException refused) {
            assumeTrue(false, why + ": " + refused);
            throw new AssertionError(refused);
        }
    }

    static ControlGroup ofMemory(long limitBytes) {
        return of("memory").set("memory.limit_in_bytes", Long.toString(limitBytes));
    }

    /** One below it. */
    ControlGroup child() {
        try {
            return new ControlGroup(mount, Files.createDirectory(folder.resolve("inner")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    ControlGroup set(String file, String value) {
        try {
            Files.writeString(folder.resolve(file), value);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path folder() {
        return folder;
    }

    /** Its path as {@code /proc/PID/cgroup} has it. */
    String path() {
        return "/" + mount.relativize(folder);
    }

    /** Words that enter it and become the command behind them. */
    String[] entering() {
        return new String[]{"sh", "-c", "echo $$ > '" + folder.resolve("cgroup.procs") + "' && exec \"$@\"", "sh"};
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        Await.until("the group to be removed", () -> {
            try {
                Files.delete(folder);
                return true;
            } catch (IOException busy) {
                return false;
            }
        });
    }
}
