package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.doctor.Json;
import dev.gatun.doctor.Libcs;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    @Test
    void healthyMachineIsZero() {
        Captured doctor = Captured.gatun("doctor");
        assertThat(doctor.exitCode()).as(doctor.out()).isZero();
        assertThat(doctor.out()).startsWith("kernel\n").endsWith("missing: Gatun can work here\n");
        assertThat(doctor.err()).isEmpty();
    }

    @Test
    void jsonIsJson() {
        Captured doctor = Captured.gatun("doctor", "--json");
        assertThat(doctor.exitCode()).isZero();
        assertThat(Json.parse(doctor.out())).isInstanceOf(Map.class);
    }

    @Test
    void machineThatLacksSomethingEssentialIsOne() {
        Captured doctor = Captured.gatun(Libcs.answering(Map.of("pidfd_open", -38L)), "doctor", "--json");
        assertThat(doctor.exitCode()).isOne();
        assertThat(doctor.out()).contains("\"healthy\": false");
    }
}
