package dev.gatun.engine.systemd;

import dev.gatun.process.LauncherException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The unit properties that a launch may add by a setting {@code property.NAME}: those that narrow what a process may do,
 * or weigh it against others. Not the ones that the launcher lives by. D-Bus wants to be told types, hence a table.
 */
final class ExtraProperty {

    private static final BiFunction<String, String, UnitProperty> FLAG = (name, value) -> switch (value) {
        case "true", "yes" -> UnitProperty.flag(name, true);
        case "false", "no" -> UnitProperty.flag(name, false);
        default -> throw new IllegalArgumentException("true or false");
    };
    private static final BiFunction<String, String, UnitProperty> TEXT = UnitProperty::text;
    private static final BiFunction<String, String, UnitProperty> WORDS =
            (name, value) -> UnitProperty.texts(name, Arrays.asList(value.strip().split("\\s+")));
    private static final BiFunction<String, String, UnitProperty> NUMBER =
            (name, value) -> UnitProperty.number(name, unsigned(value));
    private static final BiFunction<String, String, UnitProperty> INTEGER =
            (name, value) -> UnitProperty.integer(name, integer(value));

    private static final Map<String, BiFunction<String, String, UnitProperty>> KNOWN = known();

    private ExtraProperty() {}

    private static Map<String, BiFunction<String, String, UnitProperty>> known() {
        Map<String, BiFunction<String, String, UnitProperty>> known = new TreeMap<>();
        for (String name : List.of("DynamicUser", "IgnoreSIGPIPE", "LockPersonality", "MemoryDenyWriteExecute",
                "NoNewPrivileges", "PrivateDevices", "PrivateNetwork", "PrivateTmp", "PrivateUsers",
                "ProtectControlGroups", "ProtectKernelModules", "ProtectKernelTunables", "RestrictRealtime",
                "RestrictSUIDSGID")) {
            known.put(name, FLAG);
        }
        for (String name : List.of("OOMPolicy", "ProtectHome", "ProtectSystem", "RootDirectory", "SyslogIdentifier",
                "UtmpIdentifier")) {
            known.put(name, TEXT);
        }
        for (String name : List.of("InaccessiblePaths", "ReadOnlyPaths", "ReadWritePaths", "SupplementaryGroups")) {
            known.put(name, WORDS);
        }
        for (String name : List.of("CPUWeight", "IOWeight", "MemoryHigh", "MemoryLow", "MemorySwapMax",
                "RuntimeMaxUSec")) {
            known.put(name, NUMBER);
        }
        for (String name : List.of("Nice", "OOMScoreAdjust")) {
            known.put(name, INTEGER);
        }
        return known;
    }

    /** @throws LauncherException for a name that is not in the table, or a value of another type */
    static UnitProperty parse(String name, String value) {
        BiFunction<String, String, UnitProperty> type = KNOWN.get(name);
        if (type == null) {
            throw refused("a launch cannot set the unit property \"" + name + "\"; it can set: "
                    + String.join(", ", KNOWN.keySet()));
        }
        try {
            return type.apply(name, value);
        } catch (IllegalArgumentException unlike) {
            throw refused("the setting property." + name + " is \"" + value + "\"; expected " + unlike.getMessage());
        }
    }

    private static long unsigned(String text) {
        if (text.equals("infinity")) {
            return -1;
        }
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("a whole number, or infinity", notANumber);
        }
    }

    private static int integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("a whole number", notANumber);
        }
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.LAUNCH, detail);
    }
}
