package dev.gatun.service.readiness;

import dev.gatun.log.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that is there while the service is ready. What keeps it from being written is told, and no reason to stop. */
final class ReadyFile {

    private final Path path;
    private final Log log;

    ReadyFile(Path path, Log log) {
        this.path = path;
        this.log = log;
    }

    void write() {
        try {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            // Under another name first: whoever sees it sees all of it.
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            Files.write(fresh, "ready\n".getBytes(StandardCharsets.US_ASCII));
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            log.warn("cannot write the ready file", "path", path, "problem", failure);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            log.warn("cannot remove the ready file", "path", path, "problem", failure);
        }
    }
}
