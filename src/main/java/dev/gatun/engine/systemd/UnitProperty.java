package dev.gatun.engine.systemd;

import java.util.List;

/**
 * A property that a unit is made with (org.freedesktop.systemd1(5)).
 *
 * @param signature of its D-Bus type, such as {@code t}
 * @param value a String, Boolean, Integer ({@code i}), Long ({@code t}, its bits), byte[] ({@code ay}), or a list: of
 *     strings ({@code as}), or of the fields of structs, each an array
 */
record UnitProperty(String name, String signature, Object value) {

    static UnitProperty text(String name, String value) {
        return new UnitProperty(name, "s", value);
    }

    static UnitProperty flag(String name, boolean value) {
        return new UnitProperty(name, "b", value);
    }

    /** An unsigned number; -1 is the largest, which systemd takes for infinity. */
    static UnitProperty number(String name, long value) {
        return new UnitProperty(name, "t", value);
    }

    static UnitProperty integer(String name, int value) {
        return new UnitProperty(name, "i", value);
    }

    static UnitProperty texts(String name, List<String> values) {
        return new UnitProperty(name, "as", List.copyOf(values));
    }

    static UnitProperty bytes(String name, byte[] value) {
        return new UnitProperty(name, "ay", value);
    }
}
