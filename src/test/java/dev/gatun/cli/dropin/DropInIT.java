package dev.gatun.cli.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the same scenes with the original and with Gatun under its name, and compares what is to be seen. */
class DropInIT {

    private static final Path GATUN =
            Path.of(Objects.requireNonNull(System.getProperty("gatun.home"),
                    "system property gatun.home: run by failsafe"));

    /** A scene is a method of {@code stage.py}. */
    private static final List<String> OF_ALL = List.of(
            "exit_codes",
            "not_executed",
            "child",
            "signals",
            "group",
            "orphans",
            "rest",
            "keeps",
            "first",
            "terminal",
            "interrupt",
            "suspend",
            "hang_up");

    private static final List<String> OF_TINI =
            List.of("tini_words", "tini_exit_map", "tini_orphans", "tini_group_variable", "tini_parent_death");

    private static final List<String> OF_DUMB_INIT =
            List.of("dumb_init_words", "dumb_init_rewrites", "dumb_init_last_signal", "dumb_init_stop");

    private static final List<String> OF_CATATONIT =
            List.of("catatonit_words", "catatonit_pause", "catatonit_sockets");

    @TempDir
    static Path folder;

    private static Path stage;

    @BeforeAll
    static void makeLinks() throws IOException {
        stage = folder.resolve("stage.py");
        try (InputStream script = DropInIT.class.getResourceAsStream("/dropin/stage.py")) {
            Files.copy(script, stage);
        }
        for (String name : List.of("tini", "dumb-init", "catatonit")) {
            Files.createSymbolicLink(folder.resolve(name), GATUN.resolve("bin/gatun"));
        }
    }

    static List<Arguments> scenes() {
        List<Arguments> scenes = new ArrayList<>();
        add(scenes, "tini", OF_ALL, OF_TINI);
        add(scenes, "dumb-init", OF_ALL, OF_DUMB_INIT);
        add(scenes, "catatonit", OF_ALL, OF_CATATONIT);
        return scenes;
    }

    @SafeVarargs
    private static void add(List<Arguments> scenes, String program, List<String>... parts) {
        for (List<String> part : parts) {
            for (String scene : part) {
                scenes.add(Arguments.of(program, scene));
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("scenes")
    void actsAsTheOriginal(String program, String scene) throws Exception {
        Path original = Path.of("/usr/bin").resolve(program);
        assumeThat(original).as("the original is installed").isExecutable();
        CompletableFuture<String> expected = play(scene, original);
        CompletableFuture<String> seen = play(scene, folder.resolve(program));
        assertThat(expected.get()).as("with the original").endsWith("end of scene: 0");
        assertThat(seen.get()).isEqualTo(expected.get());
    }

    /** The stage has a deadline of its own, and ends with 0 when the scene was played to its end. */
    private static CompletableFuture<String> play(String scene, Path program) throws IOException {
        List<String> words = List.of("python3", "-I", "-S", stage.toString(), scene, program.toString());
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().remove("GATUN_JAVA_OPTS");
        Process process = builder.start();
        return CompletableFuture.supplyAsync(() -> {
            try {
                String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return shown + "end of scene: " + process.waitFor();
            } catch (IOException | InterruptedException failure) {
                throw new AssertionError(failure);
            }
        });
    }
}
