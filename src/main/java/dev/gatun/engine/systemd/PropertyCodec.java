package dev.gatun.engine.systemd;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** Between our records and what dbus-java writes and reads. */
final class PropertyCodec {

    private PropertyCodec() {}

    /** {@code (sv)} */
    static Object[] encode(UnitProperty property) {
        return new Object[]{property.name(), new Variant<>(value(property), property.signature())};
    }

    private static Object value(UnitProperty property) {
        if (property.signature().equals("t")) {
            return new UInt64(Long.toUnsignedString((Long) property.value()));
        }
        return property.value();
    }

    /** The state of a unit, of all its properties; what is not there is as for a unit that does nothing. */
    static UnitState decode(Map<?, ?> properties) {
        return new UnitState(
                text(properties, "LoadState"),
                text(properties, "ActiveState"),
                text(properties, "SubState"),
                text(properties, "Result"),
                (int) number(properties, "ExecMainCode"),
                (int) number(properties, "ExecMainStatus"),
                (int) number(properties, "ExecMainPID"),
                hasJob(properties),
                number(properties, "ActiveEnterTimestampMonotonic"),
                number(properties, "ExecMainStartTimestamp"),
                hex(properties, "InvocationID"),
                text(properties, "Description"),
                text(properties, "ControlGroup"));
    }

    private static String text(Map<?, ?> properties, String name) {
        return raw(properties, name) instanceof String text ? text : "";
    }

    private static long number(Map<?, ?> properties, String name) {
        return raw(properties, name) instanceof Number number ? number.longValue() : 0;
    }

    /** {@code (uo)}: number and path, the number 0 without one. */
    private static boolean hasJob(Map<?, ?> properties) {
        return raw(properties, "Job") instanceof Object[] job && job.length > 0 && job[0] instanceof Number id
                && id.longValue() != 0;
    }

    private static String hex(Map<?, ?> properties, String name) {
        return switch (raw(properties, name)) {
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case List<?> list -> {
                StringBuilder hex = new StringBuilder();
                list.forEach(each -> hex.append(HexFormat.of().toHexDigits(((Number) each).byteValue())));
                yield hex.toString();
            }
            case null, default -> "";
        };
    }

    private static Object raw(Map<?, ?> properties, String name) {
        return properties.get(name) instanceof Variant<?> variant ? variant.getValue() : null;
    }
}
