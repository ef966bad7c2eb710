package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BusAddressTest {

    private static final Map<String, String> SESSION = Map.of(
            "DBUS_SESSION_BUS_ADDRESS", "unix:path=/a;unix:path=/b", "XDG_RUNTIME_DIR", "/run/user/7");

    @Test
    void rootAsksTheSystemFirst() {
        assertThat(BusAddress.candidates(Optional.empty(), 0, Map.of())).containsExactly(
                new BusAddress("unix:path=/run/dbus/system_bus_socket", false),
                new BusAddress("unix:path=/run/user/0/bus", true));
    }

    @Test
    void anybodyElseAsksTheirOwn() {
        assertThat(BusAddress.candidates(Optional.empty(), 7, SESSION)).containsExactly(
                new BusAddress("unix:path=/a", true),
                new BusAddress("unix:path=/b", true),
                new BusAddress("unix:path=/run/user/7/bus", true));
    }

    @Test
    void whatIsSaidHolds() {
        assertThat(BusAddress.candidates(Optional.of("system"), 7, Map.of()))
                .containsExactly(new BusAddress("unix:path=/run/dbus/system_bus_socket", false));
        assertThat(BusAddress.candidates(Optional.of("unix:path=/x"), 0, SESSION))
                .containsExactly(new BusAddress("unix:path=/x", false));
    }
}
