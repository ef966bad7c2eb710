package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The Python of the tests: the one of GATUN_TEST_PYTHON, which has uvicorn, gunicorn and pex, or else the machine's. */
final class TestPython {

    private static final String VARIABLE = "GATUN_TEST_PYTHON";

    private static final Path INTERPRETER = find();

    private TestPython() {}

    /** The system's before that of PATH: a wrapper there, such as pyenv's, would be one process too many. */
    private static Path find() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        return Stream.concat(Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(":")))
                .map(folder -> Path.of(folder, "python3"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no python3 on PATH"));
    }

    /** PATH with the folder of this Python in front, so that {@code python3} is it. */
    static String pathWithIt() {
        return INTERPRETER.getParent() + ":" + System.getenv("PATH");
    }

    static String interpreter() {
        return INTERPRETER.toString();
    }

    /** Skips the test where a module is missing. */
    static void assumeModule(String name) {
        assumeTrue(run(List.of("-c", "import " + name)) == 0,
                "skipped: " + INTERPRETER + " has no module " + name + ": name a Python that has it by " + VARIABLE);
    }

    /** Runs {@code python3 WORDS} to a good end. */
    static void runIn(Path folder, String... words) {
        assertThat(run(folder, List.of(words))).as("exit code of python3 " + String.join(" ", words)).isZero();
    }

    private static int run(List<String> words) {
        return run(Path.of("/"), words);
    }

    private static int run(Path folder, List<String> words) {
        List<String> command = new ArrayList<>(List.of(interpreter()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PEX_ROOT", folder.resolve("pex-root").toString());
        try {
            Process process = builder.start();
            String said;
            try (InputStream output = process.getInputStream()) {
                said = new String(output.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            }
            int code = process.waitFor();
            if (code != 0) {
                System.out.println(said);
            }
            return code;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** A script of the tests' resources, in a folder. */
    static Path script(Path folder, String name) {
        try (InputStream script = TestPython.class.getResourceAsStream("/service-it/" + name)) {
            Path file = folder.resolve(name);
            Files.write(file, script.readAllBytes());
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
