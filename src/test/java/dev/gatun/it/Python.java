package dev.gatun.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The helper scripts, as commands. */
public final class Python {

    /** A wrapper in front of it, such as pyenv's, would be one process too many. */
    private static final String INTERPRETER =
            Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

    private static final Path SCRIPTS = unpack();

    private Python() {}

    public static String[] script(String name, String... arguments) {
        // Isolated, and without the site module: a third of the start time.
        List<String> words = new ArrayList<>(List.of(INTERPRETER, "-I", "-S", SCRIPTS.resolve(name).toString()));
        words.addAll(List.of(arguments));
        return words.toArray(String[]::new);
    }

    /** To a folder that every user may enter, since some tests are somebody else. */
    private static Path unpack() {
        try {
            Path folder = Files.createTempDirectory(
                    "gatun-run-it", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            folder.toFile().deleteOnExit();
            for (String name : List.of("recorder.py", "orphans.py", "launch.py", "descriptors.py", "terminal.py")) {
                Path file = folder.resolve(name);
                try (InputStream script = Python.class.getResourceAsStream("/run-it/" + name)) {
                    Files.copy(script, file);
                }
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                file.toFile().deleteOnExit();
            }
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
