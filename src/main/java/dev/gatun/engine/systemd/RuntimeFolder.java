package dev.gatun.engine.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A launcher's private folder, on a file system in memory where there is one. Thread-safe. */
final class RuntimeFolder implements AutoCloseable {

    private final Path folder;
    private final AtomicLong lastNumber = new AtomicLong();

    private RuntimeFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes one that nobody else can enter. */
    static RuntimeFolder make(Path parent) throws IOException {
        return new RuntimeFolder(Files.createTempDirectory(
                parent, "gatun-systemd-", PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rwx------"))));
    }

    /** A path of which there is no file yet. */
    Path newPath(String suffix) {
        return folder.resolve(lastNumber.incrementAndGet() + suffix);
    }

    /** Writes a file that only its owner can read, from its first moment on. */
    Path write(String suffix, String text) throws IOException {
        Path file = newPath(suffix);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException meddled) {
            throw new IOException(file + " is not ours", meddled);
        }
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
