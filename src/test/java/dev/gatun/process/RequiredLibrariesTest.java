package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All kinds of launchers in a program that has Gatun's jar and nothing else. */
class RequiredLibrariesTest {

    private final ClassLoader alone = new GatunAlone(getClass().getClassLoader());
    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    @BeforeEach
    void enter() {
        thread.setContextClassLoader(alone);
    }

    @AfterEach
    void leave() {
        thread.setContextClassLoader(before);
    }

    private Object open(String kind) throws ReflectiveOperationException {
        Class<?> settings = alone.loadClass(LauncherSettings.class.getName());
        return alone.loadClass(ProcLaunchers.class.getName())
                .getMethod("open", String.class, settings)
                .invoke(null, kind, settings.getField("NONE").get(null));
    }

    @Test
    void allKindsAreFound() throws Exception {
        Object kinds = alone.loadClass(ProcLaunchers.class.getName()).getMethod("kinds").invoke(null);
        assertThat(new TreeSet<>((Set<?>) kinds))
                .hasToString("[container, external, kubernetes, native, systemd]");
    }

    @Test
    void nativeNeedsNone() throws Exception {
        ((AutoCloseable) open("native")).close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
                    container  | com.github.docker-java:docker-java-core and docker-java-transport-zerodep
                    kubernetes | io.fabric8:kubernetes-client and kubernetes-httpclient-jdk
                    systemd    | com.github.hypfvieh:dbus-java-core and dbus-java-transport-native-unixsocket 5.x
                    external   | com.fasterxml.jackson.core:jackson-databind
                    """)
    void theOthersSayWhatIsMissing(String kind, String libraries) {
        assertThatThrownBy(() -> open(kind)).cause()
                .hasMessageMatching("launcher error: the " + kind + " launcher needs \\Q" + libraries + "\\E, with what"
                        + " they depend on: add them to the class path \\([\\w.]+ is not there\\)");
    }

    /** Has classes of its own of what is Gatun's, and none of anybody else but the JDK. */
    private static final class GatunAlone extends ClassLoader {

        GatunAlone(ClassLoader parent) {
            super(parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("dev.gatun.")) {
                return ClassLoader.getPlatformClassLoader().loadClass(name);
            }
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
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
