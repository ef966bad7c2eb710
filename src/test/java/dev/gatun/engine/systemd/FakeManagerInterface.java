package dev.gatun.engine.systemd;

import java.util.List;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.Struct;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.annotations.Position;
import org.freedesktop.dbus.interfaces.DBusInterface;
import org.freedesktop.dbus.types.Variant;

/** The methods of systemd's manager that the launcher calls, by their names on the bus. */
@DBusInterfaceName("org.freedesktop.systemd1.Manager")
public interface FakeManagerInterface extends DBusInterface {

    void Subscribe();

    DBusPath StartTransientUnit(String name, String mode, List<Property> properties, List<Auxiliary> auxiliary);

    DBusPath StopUnit(String name, String mode);

    void KillUnit(String name, String whom, int signal);

    void ResetFailedUnit(String name);

    void RefUnit(String name);

    void UnrefUnit(String name);

    /** {@code (sv)} */
    final class Property extends Struct {
        @Position(0)
        public final String name;

        @Position(1)
        public final Variant<?> value;

        public Property(String name, Variant<?> value) {
            this.name = name;
            this.value = value;
        }
    }

    /** {@code (sa(sv))} */
    final class Auxiliary extends Struct {
        @Position(0)
        public final String name;

        @Position(1)
        public final List<Property> properties;

        public Auxiliary(String name, List<Property> properties) {
            this.name = name;
            this.properties = properties;
        }
    }
}
