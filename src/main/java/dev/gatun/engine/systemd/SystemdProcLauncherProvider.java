package dev.gatun.engine.systemd;

import dev.gatun.linux.SystemLibc;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLauncherProvider;
import dev.gatun.process.RequiredLibraries;

/** The kind {@code systemd}: each process a transient unit. Needs dbus-java on the class path. Thread-safe. */
public final class SystemdProcLauncherProvider implements ProcLauncherProvider {

    @Override
    public String kind() {
        return SystemdSettings.KIND;
    }

    @Override
    public ProcLauncher open(LauncherSettings settings) {
        SystemdSettings read = SystemdSettings.of(settings);
        RequiredLibraries.check(
                SystemdSettings.KIND,
                "com.github.hypfvieh:dbus-java-core and dbus-java-transport-native-unixsocket 5.x",
                SystemdProcLauncherProvider.class,
                "org.freedesktop.dbus.connections.impl.DBusConnection",
                "org.freedesktop.dbus.transport.jre.NativeTransportProvider",
                "org.slf4j.Logger");
        return LauncherOpening.open(read, new SystemLibc().geteuid(), System.getenv());
    }
}
