package dev.gatun.spawner;

import dev.gatun.process.LauncherException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The folder of a spawner's socket, and the cookie beside it. Whoever may write to the folder could put a socket of his
 * own there, and whoever reads the cookie could answer for the spawner; so both are ours alone.
 */
final class SocketFolder {

    private static final int PERMISSIONS = 07777;
    private static final int MAX_COOKIE_BYTES = 256;

    private final Path socket;
    private final int user;

    /** @param user who we are, by the effective user id */
    SocketFolder(Path socket, int user) {
        this.socket = socket;
        this.user = user;
    }

    /**
     * Makes the folder if there is none, and gives the cookie, which is made when there is none.
     *
     * @throws LauncherException with one sentence where one of the two is not ours alone, or cannot be made
     */
    String cookie() {
        Path folder = socket.getParent();
        Path file = socket.resolveSibling(socket.getFileName() + ".cookie");
        try {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder, mode("rwx------"));
            }
            check(folder, "a folder", Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS), 0700);
            create(file);
            check(file, "a file", Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), 0600);
            return read(file);
        } catch (IOException refused) {
            throw refused("cannot prepare the socket " + socket + ": " + refused);
        }
    }

    private static void create(Path file) throws IOException {
        // Whole or not at all: another of us may read it as soon as it is there.
        Path fresh = Files.createTempFile(file.getParent(), ".cookie", "", mode("rw-------"));
        try {
            Files.writeString(fresh, ExternalProcLauncher.newCookie(), StandardOpenOption.TRUNCATE_EXISTING);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException kept) {
            // The spawner that listens has that one.
            return;
        } finally {
            Files.delete(fresh);
        }
    }

    private static String read(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0 || size > MAX_COOKIE_BYTES) {
            throw refused("the cookie " + file + " has " + size + " bytes; expected 1 to " + MAX_COOKIE_BYTES);
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    }

    private void check(Path path, String kind, boolean isOfKind, int permissions) throws IOException {
        if (!isOfKind) {
            throw refused(path + " is not " + kind);
        }
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        int owner = (Integer) attributes.get("uid");
        if (owner != user) {
            throw refused(path + " belongs to user " + owner + ", not to " + user);
        }
        int found = (Integer) attributes.get("mode") & PERMISSIONS;
        if (found != permissions) {
            throw refused(path + " has mode 0" + Integer.toOctalString(found) + "; expected 0"
                    + Integer.toOctalString(permissions));
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.OTHER, detail);
    }
}
