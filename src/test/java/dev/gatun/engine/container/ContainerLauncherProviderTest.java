package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLaunchers;
import java.io.IOException;
import java.io.InputStream;
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

    @Test
    void aLibraryThatIsNotThereIsNamed() throws Exception {
        ClassLoader loader = new WithoutDockerJava(getClass().getClassLoader());
        Class<?> launchers = loader.loadClass(ProcLaunchers.class.getName());
        Class<?> settings = loader.loadClass(LauncherSettings.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            assertThat(launchers.getMethod("kinds").invoke(null)).asString().contains("container");
            assertThatThrownBy(() -> launchers.getMethod("open", String.class, settings)
                    .invoke(null, "container", settings.getField("NONE").get(null)))
                    .cause()
                    .hasMessage("launcher error: the container launcher needs docker-java on the class"
                            + " path: docker-java-core and docker-java-transport-zerodep of"
                            + " com.github.docker-java, with what they depend on");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Has classes of its own of what is here, and no docker-java. */
    private static final class WithoutDockerJava extends ClassLoader {

        WithoutDockerJava(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.github.dockerjava.")) {
                throw new ClassNotFoundException(name);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null || !name.startsWith("dev.gatun.")) {
                return known != null ? known : super.loadClass(name, resolve);
            }
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
