package dev.gatun.engine.systemd;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.UInt64;
import org.freedesktop.dbus.types.Variant;

/** In place of systemd: a manager whose units run nothing and are in whatever state a test says. Thread-safe. */
final class FakeManager implements AutoCloseable {

    /** An error of the manager's own: dbus-java makes the name of an error of the name of the class. */
    static final class Refusal extends DBusExecutionException {

        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    /** What {@code StartTransientUnit} does, before it answers, with the name of a new unit. */
    private final Consumer<String> onStart;

    private final Map<String, FakeUnit> units = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile DBusConnection bus;

    FakeManager(Consumer<String> onStart) {
        this.onStart = onStart;
    }

    /** Goes on a bus, again if need be; the units are what they were. */
    void connect(String address) throws DBusException {
        DBusConnection connection =
                DBusConnectionBuilder.forAddress(address).withShared(false).build();
        bus = connection;
        connection.exportObject("/org/freedesktop/systemd1", new Manager());
        for (FakeUnit unit : units.values()) {
            connection.exportObject(unit.getObjectPath(), unit);
        }
        connection.requestBusName("org.freedesktop.systemd1");
    }

    List<String> calls() {
        return calls;
    }

    /** Puts a unit into a state and tells of it. */
    void set(String name, Map<String, Object> properties) {
        FakeUnit unit = units.get(name);
        unit.properties.putAll(properties);
        try {
            bus.sendMessage(new Properties.PropertiesChanged(
                    unit.getObjectPath(), "org.freedesktop.systemd1.Unit", Map.of(), List.of("ActiveState")));
        } catch (DBusException problem) {
            throw new AssertionError(problem);
        }
    }

    /** Takes a unit away without a word. The manager answers for any name, then as for one that it never heard of. */
    void forget(String name) {
        FakeUnit unit = units.get(name);
        unit.properties.clear();
        unit.properties.putAll(Map.of("LoadState", "not-found", "ActiveState", "inactive", "Description", name));
    }

    static Map<String, Object> running(int pid) {
        return Map.of("ActiveState", "active", "SubState", "running", "ExecMainPID", new UInt32(pid),
                "ActiveEnterTimestampMonotonic", new UInt64(1));
    }

    static Map<String, Object> exited(int code) {
        return Map.of("ActiveState", code == 0 ? "inactive" : "failed", "SubState", "dead",
                "ActiveEnterTimestampMonotonic", new UInt64(1), "ExecMainCode", 1, "ExecMainStatus", code,
                "Result", code == 0 ? "success" : "exit-code");
    }

    @Override
    public void close() {
        if (bus != null) {
            bus.disconnect();
        }
    }

    private final class Manager implements FakeManagerInterface, Properties {

        @Override
        public String getObjectPath() {
            return "/org/freedesktop/systemd1";
        }

        @Override
        @SuppressWarnings("unchecked")
        public <A> A Get(String type, String name) {
            return (A) "252 (of a test)";
        }

        @Override
        public <A> void Set(String type, String name, A value) {
            throw new DBusExecutionException("nobody sets properties");
        }

        @Override
        public Map<String, Variant<?>> GetAll(String type) {
            return Map.of();
        }

        @Override
        public void Subscribe() {
            calls.add("Subscribe");
        }

        @Override
        public DBusPath StartTransientUnit(
                String name, String mode, List<Property> properties, List<Auxiliary> auxiliary) {
            calls.add("Start " + name);
            FakeUnit unit = units.computeIfAbsent(name, this::export);
            unit.properties.clear();
            unit.properties.putAll(Map.of("LoadState", "loaded", "ActiveState", "activating", "SubState", "start",
                    "InvocationID", new byte[16], "Result", "success"));
            for (Property property : properties) {
                if (property.name.equals("Description")) {
                    unit.properties.put("Description", property.value.getValue());
                }
            }
            try {
                onStart.accept(name);
            } catch (Refusal refused) {
                forget(name);
                throw refused;
            }
            return new DBusPath("/org/freedesktop/systemd1/job/1");
        }

        private FakeUnit export(String name) {
            FakeUnit unit = new FakeUnit(new UnitName(name).objectPath());
            try {
                bus.exportObject(unit.getObjectPath(), unit);
            } catch (DBusException problem) {
                throw new DBusExecutionException(problem.getMessage(), problem);
            }
            return unit;
        }

        @Override
        public DBusPath StopUnit(String name, String mode) {
            calls.add("Stop " + name);
            return new DBusPath("/org/freedesktop/systemd1/job/2");
        }

        @Override
        public void KillUnit(String name, String whom, int signal) {
            calls.add("Kill " + name + " " + whom + " " + signal);
        }

        @Override
        public void ResetFailedUnit(String name) {
            calls.add("Reset " + name);
        }

        @Override
        public void RefUnit(String name) {
            calls.add("Ref " + name);
        }

        @Override
        public void UnrefUnit(String name) {
            calls.add("Unref " + name);
            if (units.containsKey(name)) {
                forget(name);
            }
        }
    }

    private static final class FakeUnit implements Properties {

        private final String path;
        private final Map<String, Object> properties = new ConcurrentHashMap<>();

        FakeUnit(String path) {
            this.path = path;
        }

        @Override
        public String getObjectPath() {
            return path;
        }

        @Override
        public <A> A Get(String type, String name) {
            throw new DBusExecutionException("nobody asks for single properties of a unit");
        }

        @Override
        public <A> void Set(String type, String name, A value) {
            throw new DBusExecutionException("nobody sets properties");
        }

        @Override
        public Map<String, Variant<?>> GetAll(String type) {
            Map<String, Variant<?>> all = new ConcurrentHashMap<>();
            properties.forEach((name, value) -> all.put(name, new Variant<>(value)));
            return all;
        }
    }
}
