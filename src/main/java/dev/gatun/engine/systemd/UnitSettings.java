package dev.gatun.engine.systemd;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a launch can say that only systemd understands.
 *
 * @param slice the slice to be in; empty for systemd's default
 * @param stopTimeout how long what a process leaves behind has to end after a SIGTERM
 * @param bindsTo the unit with which it ends; {@link #SELF} for the one that this program runs in
 * @param properties further ones, see {@link ExtraProperty}
 */
record UnitSettings(
        Optional<String> slice, Duration stopTimeout, Optional<String> bindsTo, List<UnitProperty> properties) {

    static final String SLICE = "slice";
    static final String STOP_TIMEOUT = "stop-timeout";
    static final String BINDS_TO = "binds-to";
    static final String SELF = "self";
    static final UnitSettings DEFAULT =
            new UnitSettings(Optional.empty(), Duration.ofSeconds(10), Optional.empty(), List.of());

    private static final String PROPERTY = "property.";

    UnitSettings {
        properties = List.copyOf(properties);
    }

    /**
     * Those of one launch.
     *
     * @throws LauncherException with one sentence for a setting that is unknown or wrong
     */
    static UnitSettings ofLaunch(Map<String, String> values, UnitSettings defaults) {
        Map<String, String> plain = new LinkedHashMap<>();
        List<UnitProperty> properties = new ArrayList<>();
        values.forEach((name, value) -> {
            if (name.startsWith(PROPERTY)) {
                properties.add(ExtraProperty.parse(name.substring(PROPERTY.length()), value));
            } else {
                plain.put(name, value);
            }
        });
        for (String name : plain.keySet()) {
            if (!List.of(SLICE, STOP_TIMEOUT, BINDS_TO).contains(name)) {
                throw new LauncherException(
                        LauncherException.Operation.LAUNCH,
                        "a launch by systemd has no setting \"" + name + "\"; it has: " + BINDS_TO + ", " + PROPERTY
                                + "NAME, " + SLICE + ", " + STOP_TIMEOUT);
            }
        }
        UnitSettings settings = of(new LauncherSettings(plain), defaults);
        return new UnitSettings(settings.slice, settings.stopTimeout, settings.bindsTo, properties);
    }

    static UnitSettings of(LauncherSettings settings, UnitSettings defaults) {
        Optional<String> slice = settings.text(SLICE);
        if (slice.isPresent() && !isUnitName(slice.get(), ".slice")) {
            throw settings.wrong(SLICE, "the name of a slice, such as batch.slice");
        }
        Optional<String> bindsTo = settings.text(BINDS_TO);
        if (bindsTo.isPresent() && !bindsTo.get().equals(SELF) && !isUnitName(bindsTo.get(), "")) {
            throw settings.wrong(BINDS_TO, "self, or the name of a unit, such as platform.service");
        }
        Duration stopTimeout = settings.duration(STOP_TIMEOUT, defaults.stopTimeout);
        if (stopTimeout.isNegative()) {
            throw settings.wrong(STOP_TIMEOUT, "a duration of 0 or more");
        }
        return new UnitSettings(
                slice.or(defaults::slice), stopTimeout, bindsTo.or(defaults::bindsTo), defaults.properties);
    }

    static boolean isUnitName(String text, String suffix) {
        return text.matches("[A-Za-z0-9:_.\\\\@-]{1,240}\\.[a-z]+") && text.endsWith(suffix);
    }
}
