package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLaunchers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLauncherProviderTest {

    @TempDir
    Path folder;

    private static void open(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        ProcLaunchers.open("container", new LauncherSettings(settings)).close();
    }

    @Test
    void itIsFoundByItsKind() {
        assertThat(ProcLaunchers.kinds()).contains("container");
    }

    @Test
    void settingsAreCheckedBeforeAnybodyIsAsked() {
        assertThatThrownBy(() -> open("socket", "/x")).hasMessage(
                "launcher error: the container launcher has no setting \"socket\"; it has: binds, entrypoint, host,"
                        + " image, init, keep, labels, network, ports, pull, read-only, runtime, stop-signal, token");
        assertThatThrownBy(() -> open("pull", "x")).hasMessageContaining("expected always, missing or never");
        assertThatThrownBy(() -> open("token", " ")).hasMessageContaining("expected a name that is not blank");
    }

    @Test
    void anEngineThatIsNotThereIsTold() throws Exception {
        Path none = folder.resolve("none.sock");
        assertThatThrownBy(() -> open("host", none.toString()))
                .isInstanceOf(LauncherException.class)
                .hasMessage("launcher error: no answer from a container engine at unix://" + none
                        + ": No such file or directory");
        Path file = Files.createFile(folder.resolve("a file"));
        assertThatThrownBy(() -> open("host", file.toString()))
                .hasMessage("launcher error: no answer from a container engine at unix://" + file
                        + ": Connection refused");
    }
}
