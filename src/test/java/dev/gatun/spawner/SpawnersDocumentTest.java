package dev.gatun.spawner;

import static dev.gatun.spawner.FakeSpawner.WEB;
import static dev.gatun.spawner.FakeSpawner.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.NoFdLeak;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLaunchers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs in docs/spawners.md are spawners, and its table has all settings. */
@ExtendWith(NoFdLeak.class)
class SpawnersDocumentTest {

    private static final Path DOCUMENT = Path.of("docs", "spawners.md");

    static List<String> programs() throws IOException {
        Matcher blocks = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(DOCUMENT));
        List<String> programs = blocks.results().map(block -> block.group(1)).toList();
        assertThat(programs).hasSize(2);
        return programs;
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aProgramIsASpawner(String program, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("spawner.py"), program);
        String command =
                "env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=" + Path.of("python").toAbsolutePath() + " python3 " + file;
        LauncherSettings settings = new LauncherSettings(Map.of("command", command));
        try (ProcLauncher launcher = ProcLaunchers.open("external", settings)) {
            Launched first = get(launcher.launch(WEB, LaunchOptions.builder("/bin/sh", "-c", "exit 3").build()));
            assertThat(get(first.exit()).describe()).isEqualTo("exit code 3");
            Launched second = get(launcher.launch(WEB, LaunchOptions.builder("/bin/sleep", "1000").build()));
            get(launcher.terminate(WEB, Duration.ofSeconds(20)));
            assertThat(get(second.exit()).describe()).isEqualTo("SIGTERM (15)");
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aSettingIsInTheTable(String name) throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains("`" + name + "`");
    }

    static List<String> settings() {
        return ExternalSettings.names();
    }
}
