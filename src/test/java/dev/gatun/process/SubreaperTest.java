package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.State;
import dev.gatun.linux.CString;
import dev.gatun.linux.SpawnTape.Builder.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubreaperTest {

    private final RealWorld world = new RealWorld();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        world.close();
    }

    /** {@code env} of GNU coreutils blocks the signal before the JVM has a thread; {@code -Xrs} keeps it from more. */
    private ProcessSetup javaWithoutChildSignals(Class<?> main) {
        return world.program(
                "/usr/bin/env",
                "--block-signal=CHLD",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xrs",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
    }

    @Test
    void aDaemonThatHasLeftEverythingIsEndedWithTheRest() throws IOException {
        Path output = folder.resolve("output");
        Redirect file = new Redirect.ToFile(CString.of(output.toString()), FileMode.APPEND);
        ProcessSetup setup = javaWithoutChildSignals(Subreaper.class).streams(new Redirect.Discard(), file, file);
        SupervisedProcess process = world.add("subreaper", setup, Policy.DEFAULT);
        process.start();
        world.untilOver(process);
        List<String> lines = Files.readAllLines(output);
        assertThat(lines)
                .contains(
                        "left: NONE",
                        "exits: 1",
                        "the grandchild came to us: true",
                        "its parent came to us: true");
        assertThat(process.state()).isInstanceOf(State.Exited.class);
    }
}
