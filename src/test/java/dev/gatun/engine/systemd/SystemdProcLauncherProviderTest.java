package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncherProvider;
import dev.gatun.process.ProcLaunchers;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class SystemdProcLauncherProviderTest {

    @Test
    void isFound() {
        assertThat(ProcLaunchers.kinds()).contains("systemd");
    }

    @Test
    void saysWhichJarsAreMissing() throws Exception {
        ProcLauncherProvider provider = (ProcLauncherProvider) new WithoutDbusJava()
                .loadClass(SystemdProcLauncherProvider.class.getName())
                .getConstructor()
                .newInstance();
        assertThat(provider.getClass()).isNotEqualTo(SystemdProcLauncherProvider.class);
        assertThat(provider.kind()).isEqualTo("systemd");
        assertThatThrownBy(() -> provider.open(LauncherSettings.NONE))
                .isInstanceOf(LauncherException.class)
                .hasMessage("launcher error: the systemd launcher needs dbus-java; add dbus-java-core and "
                        + "dbus-java-transport-native-unixsocket 5.x, and slf4j-api, to the class path");
    }

    /** Loads this package's classes itself, so that what they need is looked for here, and has not got the library. */
    private static final class WithoutDbusJava extends ClassLoader {

        WithoutDbusJava() {
            super(SystemdProcLauncherProviderTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.freedesktop.")) {
                throw new ClassNotFoundException(name);
            }
            if (name.startsWith("dev.gatun.engine.systemd.")) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
            return super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
