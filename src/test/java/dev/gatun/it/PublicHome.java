package dev.gatun.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The distribution where every user can read it, which the folder that it was built in may not be. */
public final class PublicHome {

    public static final String[] AS_NOBODY = {"setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"};

    public static final Path FOLDER = canBeReadByNobody(Gatun.HOME) ? Gatun.HOME : copy(Gatun.HOME);

    private PublicHome() {}

    private static boolean canBeReadByNobody(Path folder) {
        List<String> words = new ArrayList<>(List.of(AS_NOBODY));
        words.addAll(List.of("test", "-r", folder.resolve("lib/gatun.jar").toString()));
        try {
            return new ProcessBuilder(words).start().waitFor() == 0;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private static Path copy(Path home) {
        try {
            Path copy = Files.createTempDirectory(
                    "gatun-home", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            copy.toFile().deleteOnExit();
            for (String folder : List.of("bin", "lib")) {
                Files.createDirectory(copy.resolve(folder)).toFile().deleteOnExit();
                try (var files = Files.list(home.resolve(folder))) {
                    for (Path file : files.toList()) {
                        Path target = copy.resolve(folder).resolve(file.getFileName());
                        Files.copy(file, target);
                        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                        target.toFile().deleteOnExit();
                    }
                }
            }
            return copy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
