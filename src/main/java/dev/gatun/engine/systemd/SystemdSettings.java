package dev.gatun.engine.systemd;

import dev.gatun.process.LauncherSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * What the launcher can be told.
 *
 * @param bus {@code user}, {@code system} or an address; empty to choose
 * @param prefix of the names of units, see {@link UnitName#PREFIX_PATTERN}
 * @param folder to make the launcher's private folder in; empty to choose
 * @param startTimeout for one start, until the program is executed
 * @param unit the defaults of what each launch may say
 */
record SystemdSettings(
        Optional<String> bus, String prefix, Optional<String> folder, Duration startTimeout, UnitSettings unit) {

    static final String KIND = "systemd";

    private static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(30);

    /** @throws dev.gatun.process.LauncherException with one sentence for a setting that is unknown or wrong */
    static SystemdSettings of(LauncherSettings settings) {
        settings.allow(KIND, "bus", "prefix", "folder", "start-timeout", UnitSettings.SLICE,
                UnitSettings.STOP_TIMEOUT, UnitSettings.BINDS_TO);
        String prefix = settings.text("prefix", "gatun");
        if (!prefix.matches(UnitName.PREFIX_PATTERN)) {
            throw settings.wrong("prefix", "up to 32 lower case letters, digits and underscores, a letter first");
        }
        Optional<String> bus = settings.text("bus");
        if (bus.isPresent() && !bus.get().matches("user|system|[a-z]+:.+")) {
            throw settings.wrong("bus", "user, system, or an address such as unix:path=/run/dbus/system_bus_socket");
        }
        Duration startTimeout = settings.duration("start-timeout", DEFAULT_START_TIMEOUT);
        if (!startTimeout.isPositive()) {
            throw settings.wrong("start-timeout", "a duration above 0");
        }
        return new SystemdSettings(
                bus, prefix, settings.text("folder"), startTimeout, UnitSettings.of(settings, UnitSettings.DEFAULT));
    }
}
