package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** A distribution in a folder of the tests, and the place it is launched in. */
final class Dist {

    static final Libc LIBC = new SystemLibc();

    private final Path folder;

    Dist(Path folder) {
        try {
            this.folder = folder.toRealPath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    DistRoot root() {
        return new DistRoot(CString.of(folder.toString()));
    }

    /** Makes a file with the folders it needs; its absolute path. */
    String file(String path) {
        try {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, "#!/bin/sh\n").toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String program(String path) {
        String file = file(path);
        assertThat(Path.of(file).toFile().setExecutable(true, false)).isTrue();
        return file;
    }

    String path(String path) {
        return folder.resolve(path).toString();
    }

    /** In a container of 120 MiB with three processors, so that a heap is 81 MiB. */
    CommandPlanner planner(ContainerMode container, String... launcherEnvironment) {
        MemoryFacts memory = new MemoryFacts(DetectedLimit.of(120L << 20, "file"), OptionalLong.empty(), 0);
        return new CommandPlanner(LIBC, root(), CString.listOf(launcherEnvironment), container, memory, 3);
    }

    CommandPlanner planner(String... launcherEnvironment) {
        return planner(new ContainerMode(false, false), launcherEnvironment);
    }

    static List<String> texts(List<CString> words) {
        return words.stream().map(CString::toString).toList();
    }
}
