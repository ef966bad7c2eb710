package dev.gatun.engine.systemd;

import dev.gatun.linux.SystemLibc;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherException.Operation;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLauncherProvider;

/** The kind {@code systemd}: each process a transient unit. Needs dbus-java on the class path. Thread-safe. */
public final class SystemdProcLauncherProvider implements ProcLauncherProvider {

    /** One class of each jar. */
    private static final String[] NEEDED = {
        "org.freedesktop.dbus.connections.impl.DBusConnection",
        "org.freedesktop.dbus.transport.jre.NativeTransportProvider",
        "org.slf4j.Logger"
    };

    @Override
    public String kind() {
        return SystemdSettings.KIND;
    }

    @Override
    public ProcLauncher open(LauncherSettings settings) {
        SystemdSettings read = SystemdSettings.of(settings);
        for (String name : NEEDED) {
            if (!isThere(name)) {
                throw new LauncherException(
                        Operation.OTHER,
                        "the systemd launcher needs dbus-java; add dbus-java-core and "
                                + "dbus-java-transport-native-unixsocket 5.x, and slf4j-api, to the class path");
            }
        }
        return LauncherOpening.open(read, new SystemLibc().geteuid(), System.getenv());
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, SystemdProcLauncherProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException missing) {
            return false;
        }
    }
}
