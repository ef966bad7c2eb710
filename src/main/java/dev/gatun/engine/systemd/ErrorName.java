package dev.gatun.engine.systemd;

import dev.gatun.engine.systemd.BusException.Kind;

/** The names of errors on the bus, and what they mean to a launcher. */
final class ErrorName {

    private static final String STANDARD = "org.freedesktop.DBus.Error.";
    private static final String SYSTEMD = "org.freedesktop.systemd1.";

    private ErrorName() {}

    static Kind kind(String name) {
        return switch (name) {
            case SYSTEMD + "NoSuchUnit", STANDARD + "UnknownObject" -> Kind.NO_SUCH_UNIT;
            case SYSTEMD + "UnitExists" -> Kind.UNIT_EXISTS;
            // The manager is off the bus, which it is for a moment when it executes itself anew.
            case STANDARD + "NoReply", STANDARD + "Timeout", STANDARD + "TimedOut", STANDARD + "Disconnected",
                    STANDARD + "ServiceUnknown", STANDARD + "NameHasNoOwner" ->
                Kind.LOST;
            // What dbus-java makes of its own exceptions has the names of their classes.
            default -> name.startsWith(STANDARD) || name.startsWith(SYSTEMD) ? Kind.REFUSED : foreign(name);
        };
    }

    private static Kind foreign(String name) {
        return name.startsWith("org.freedesktop.dbus.") || name.startsWith("java.") ? Kind.LOST : Kind.REFUSED;
    }
}
