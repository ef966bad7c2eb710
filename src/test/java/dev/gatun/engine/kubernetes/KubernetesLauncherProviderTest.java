package dev.gatun.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLaunchers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesLauncherProviderTest {

    @Test
    void isFound() {
        assertThat(ProcLaunchers.kinds()).contains("kubernetes");
    }

    @Test
    void anUnreadableKubeconfigIsRefused(@TempDir Path folder) throws Exception {
        Path malformed = Files.writeString(folder.resolve("config"), "contexts: 7");

        assertThatThrownBy(() -> open("kubeconfig", folder.resolve("none").toString()))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("expected a file that can be read");
        assertThatThrownBy(() -> open("kubeconfig", malformed.toString()))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("cannot be read as such a file");
    }

    @Test
    void aServerThatDoesNotAnswerIsToldOf(@TempDir Path folder) {
        // Port 1 of the loopback address: nobody listens there.
        Path config = Kubeconfig.write(folder, "http://127.0.0.1:1", "space");

        assertThatThrownBy(() -> open("kubeconfig", config.toString()))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("the pods of the namespace space cannot be watched")
                .hasMessageContaining("did not answer");
        assertThatThrownBy(() -> new KubernetesLauncherProvider()
                .open(new LauncherSettings(Map.of("kubeconfig", config.toString(), "context", "other"))))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("expected one of the kubeconfig's: test");
    }

    private static void open(String name, String value) {
        new KubernetesLauncherProvider()
                .open(new LauncherSettings(Map.of(name, value)))
                .close();
    }
}
