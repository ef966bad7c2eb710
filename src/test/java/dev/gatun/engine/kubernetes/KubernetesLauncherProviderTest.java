package dev.gatun.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncherProvider;
import dev.gatun.process.ProcLaunchers;
import java.net.URL;
import java.net.URLClassLoader;
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

    /** A class path with our classes alone. */
    @Test
    void saysWhichLibrariesAreMissing() throws Exception {
        URL ours = KubernetesLauncherProvider.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[]{ours}, new Spi(getClass().getClassLoader()))) {
            ProcLauncherProvider provider = (ProcLauncherProvider) alone.loadClass(
                    KubernetesLauncherProvider.class.getName())
                    .getConstructor()
                    .newInstance();

            assertThat(provider.getClass()).isNotEqualTo(KubernetesLauncherProvider.class);
            assertThat(provider.kind()).isEqualTo("kubernetes");
            assertThatThrownBy(() -> provider.open(new LauncherSettings(Map.of("image", "x", "labels", "a=b"))))
                    .isInstanceOf(LauncherException.class)
                    .hasMessage("launcher error: the kubernetes launcher needs the libraries "
                            + "io.fabric8:kubernetes-client and io.fabric8:kubernetes-httpclient-jdk with what they "
                            + "depend on, add them to the class path");
        }
    }

    /** Gives the interface and what it takes, and nothing else but the JDK. */
    private static final class Spi extends ClassLoader {

        private final ClassLoader all;

        Spi(ClassLoader all) {
            super(ClassLoader.getPlatformClassLoader());
            this.all = all;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.gatun.") && !name.startsWith("dev.gatun.engine.")) {
                return all.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
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
