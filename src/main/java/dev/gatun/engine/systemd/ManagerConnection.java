package dev.gatun.engine.systemd;

import dev.gatun.engine.systemd.BusException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.freedesktop.dbus.connections.IDisconnectCallback;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.Error;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/**
 * One connection to one manager, until it is lost (org.freedesktop.systemd1(5)). Every method waits for an answer.
 * Thread-safe.
 *
 * <p>Calls are made as messages, and not through dbus-java's proxies: those drop the name of an error, by which alone it
 * can be told that a unit exists, or does not.
 */
final class ManagerConnection implements AutoCloseable {

    /** A process's unit as it stands in a list. */
    record ListedUnit(UnitName name, String description, String activeState) {}

    /** Told of what comes unasked, on threads of dbus-java. It must not wait. */
    interface Listener {

        /** Something of a unit has changed. */
        void changed(String objectPath);

        /** The connection is gone. */
        void lost();
    }

    private static final String SERVICE = "org.freedesktop.systemd1";
    private static final String MANAGER = SERVICE + ".Manager";
    private static final String MANAGER_PATH = "/org/freedesktop/systemd1";
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    private static final String DAEMON = "org.freedesktop.DBus";
    private static final String DAEMON_PATH = "/org/freedesktop/DBus";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How often a call looks whether the bus is still there: dbus-java forgets calls that are made as it breaks. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final DBusConnection bus;
    private final AtomicBoolean isLost;

    private ManagerConnection(DBusConnection bus, AtomicBoolean isLost) {
        this.bus = bus;
        this.isLost = isLost;
    }

    /** @throws BusException where nobody answers, or no manager does */
    static ManagerConnection open(BusAddress address, Listener listener) throws BusException {
        AtomicBoolean isLost = new AtomicBoolean();
        ManagerConnection connection = new ManagerConnection(connect(address, isLost, listener), isLost);
        try {
            Object[] owned = connection.call(DAEMON, DAEMON_PATH, DAEMON, "NameHasOwner", "s", SERVICE);
            if (!Boolean.TRUE.equals(owned[0])) {
                throw new BusException(Kind.LOST, "there is a bus, but no systemd on it", null);
            }
            connection.listen(listener);
            return connection;
        } catch (BusException unusable) {
            connection.close();
            throw unusable;
        }
    }

    private static DBusConnection connect(BusAddress address, AtomicBoolean isLost, Listener listener)
            throws BusException {
        try {
            return DBusConnectionBuilder.forAddress(address.text())
                    .withShared(false)
                    .withDisconnectCallback(new IDisconnectCallback() {
                        @Override
                        public void disconnectOnError(IOException cause) {
                            requestedDisconnect(null);
                        }

                        @Override
                        public void requestedDisconnect(Integer ignored) {
                            isLost.set(true);
                            listener.lost();
                        }
                    })
                    .build();
        } catch (DBusException | RuntimeException refused) {
            throw new BusException(Kind.LOST, rootMessage(refused), refused);
        }
    }

    /** One rule for all units: a bus has a limit of rules, and processes are many. */
    private void listen(Listener listener) throws BusException {
        try {
            bus.addGenericSigHandler(
                    DBusMatchRuleBuilder.create()
                            .withType("signal")
                            .withInterface(PROPERTIES)
                            .withMember("PropertiesChanged")
                            .withPathNamespace(MANAGER_PATH + "/unit")
                            .withArg0123(0, SERVICE + ".Unit")
                            .build(),
                    signal -> listener.changed(signal.getPath()));
        } catch (DBusException | DBusExecutionException refused) {
            throw new BusException(Kind.LOST, rootMessage(refused), refused);
        }
        // Without this the manager sends no signals at all.
        manager("Subscribe", "");
    }

    boolean isConnected() {
        return !isLost.get() && bus.isConnected();
    }

    /** The manager's version, such as 252; 0 where it tells none that can be read. */
    int version() throws BusException {
        Object[] reply = call(SERVICE, MANAGER_PATH, PROPERTIES, "Get", "ss", MANAGER, "Version");
        String text = reply[0] instanceof Variant<?> variant ? String.valueOf(variant.getValue()) : "";
        String digits = text.replaceFirst("^\\D*(\\d{1,6}).*$", "$1");
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
    }

    /** Starts a unit that is there for this alone. An answer means that it is on its way, and no more. */
    void start(UnitName unit, List<UnitProperty> properties) throws BusException {
        List<Object[]> encoded = properties.stream().map(PropertyCodec::encode).toList();
        manager("StartTransientUnit", "ssa(sv)a(sa(sv))", unit.text(), "fail", encoded, List.of());
    }

    /** Everything of a unit at one moment: all interfaces in one call. */
    UnitState read(UnitName unit) throws BusException {
        Object[] reply = call(SERVICE, unit.objectPath(), PROPERTIES, "GetAll", "s", "");
        return PropertyCodec.decode(reply[0] instanceof Map<?, ?> properties ? properties : Map.of());
    }

    /** Signals every process of a unit. */
    void kill(UnitName unit, int signal) throws BusException {
        manager("KillUnit", "ssi", unit.text(), "all", signal);
    }

    void stop(UnitName unit) throws BusException {
        manager("StopUnit", "ss", unit.text(), "replace");
    }

    void resetFailed(UnitName unit) throws BusException {
        manager("ResetFailedUnit", "s", unit.text());
    }

    /** Keeps a unit loaded for as long as we are on the bus. */
    void reference(UnitName unit) throws BusException {
        manager("RefUnit", "s", unit.text());
    }

    void release(UnitName unit) throws BusException {
        manager("UnrefUnit", "s", unit.text());
    }

    List<ListedUnit> list(String pattern) throws BusException {
        Object[] reply = manager("ListUnitsByPatterns", "asas", List.of(), List.of(pattern));
        List<ListedUnit> units = new ArrayList<>();
        for (Object each : (List<?>) reply[0]) {
            Object[] fields = (Object[]) each;
            units.add(new ListedUnit(new UnitName((String) fields[0]), (String) fields[1], (String) fields[3]));
        }
        return units;
    }

    /** The unit that this program runs in; empty in none that could be bound to. */
    Optional<String> ownService() throws BusException {
        Object[] reply = manager("GetUnitByPID", "u", new UInt32(0));
        Object[] id = call(SERVICE, String.valueOf(reply[0]), PROPERTIES, "Get", "ss", SERVICE + ".Unit", "Id");
        String name = id[0] instanceof Variant<?> variant ? String.valueOf(variant.getValue()) : "";
        return Optional.of(name).filter(text -> text.endsWith(".service"));
    }

    private Object[] manager(String method, String signature, Object... arguments) throws BusException {
        return call(SERVICE, MANAGER_PATH, MANAGER, method, signature, arguments);
    }

    private Object[] call(
            String service, String path, String type, String method, String signature, Object... arguments)
            throws BusException {
        if (!isConnected()) {
            throw new BusException(Kind.LOST, "the message bus is gone", null);
        }
        try {
            MethodCall call = bus.getMessageFactory()
                    .createMethodCall(service, path, type, method, (byte) 0, signature.isEmpty() ? null : signature,
                            arguments);
            bus.sendMessage(call);
            Message reply = reply(call, method);
            Object[] parameters = reply.getParameters();
            if (reply instanceof Error error) {
                throw refusal(method, error.getName(), parameters);
            }
            return parameters == null ? new Object[0] : parameters;
        } catch (DBusException | RuntimeException broken) {
            throw new BusException(Kind.LOST, method + ": " + rootMessage(broken), broken);
        }
    }

    private Message reply(MethodCall call, String method) throws BusException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Message reply = call.getReply(LOOK_AGAIN.toMillis());
            if (reply != null) {
                return reply;
            }
            if (!isConnected()) {
                throw new BusException(Kind.LOST, "the message bus is gone, and with it the answer to " + method, null);
            }
        }
        throw new BusException(Kind.LOST, method + " was not answered in " + PATIENCE.toSeconds() + " s", null);
    }

    private static BusException refusal(String method, String error, Object[] parameters) {
        String text = parameters == null || parameters.length == 0 ? error : String.valueOf(parameters[0]);
        return new BusException(ErrorName.kind(error), text.isBlank() ? method + ": " + error : text, null);
    }

    private static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Override
    public void close() {
        bus.disconnect();
    }
}
