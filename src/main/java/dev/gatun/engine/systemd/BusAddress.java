package dev.gatun.engine.systemd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a message bus may be: the D-Bus specification, "Well-known Message Bus Instances".
 *
 * @param text such as {@code unix:path=/run/dbus/system_bus_socket}
 * @param isUser whether the manager on it is a user's own, which can make nobody else's processes
 */
record BusAddress(String text, boolean isUser) {

    private static final String SYSTEM = "unix:path=/run/dbus/system_bus_socket";

    /**
     * What is to be tried, in this order.
     *
     * @param setting {@code user}, {@code system}, an address, or nothing: for root the system's, then the user's
     * @param uid our own
     * @param environment of this program
     */
    static List<BusAddress> candidates(Optional<String> setting, long uid, Map<String, String> environment) {
        List<BusAddress> candidates = new ArrayList<>();
        String wanted = setting.orElse("");
        if (wanted.equals("system") || wanted.isEmpty() && uid == 0) {
            add(candidates, environment.get("DBUS_SYSTEM_BUS_ADDRESS"), false);
            add(candidates, SYSTEM, false);
        }
        if (wanted.equals("user") || wanted.isEmpty()) {
            String runtime = environment.get("XDG_RUNTIME_DIR");
            add(candidates, environment.get("DBUS_SESSION_BUS_ADDRESS"), true);
            add(candidates, runtime == null ? null : "unix:path=" + runtime + "/bus", true);
            add(candidates, "unix:path=/run/user/" + uid + "/bus", true);
        }
        if (candidates.isEmpty()) {
            add(candidates, wanted, uid != 0);
        }
        return List.copyOf(candidates);
    }

    /** One variable may hold several addresses. */
    private static void add(List<BusAddress> candidates, String addresses, boolean isUser) {
        if (addresses == null) {
            return;
        }
        for (String text : addresses.split(";")) {
            BusAddress address = new BusAddress(text, isUser);
            if (!text.isEmpty() && candidates.stream().noneMatch(known -> known.text.equals(text))) {
                candidates.add(address);
            }
        }
    }
}
