package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import org.junit.jupiter.api.Test;

class ContainerModeTest {

    private static boolean isOn(boolean ignored, String... environment) {
        return ContainerMode.of(CString.listOf(environment), ignored).isOn();
    }

    @Test
    void theVariableCountsWhateverItsValue() {
        assertThat(isOn(false, "A=1", "CONTAINER=1")).isTrue();
        assertThat(isOn(false, "CONTAINER=")).isTrue();
        assertThat(isOn(false, "CONTAINER=false")).isTrue();
        assertThat(isOn(false, "CONTAINERS=1", "XCONTAINER=1", "container=podman")).isFalse();
        assertThat(isOn(false)).isFalse();
    }

    @Test
    void theConfigurationCanSwitchItOff() {
        assertThat(isOn(true, "CONTAINER=1")).isFalse();
        assertThat(ContainerMode.of(CString.listOf("CONTAINER=1"), true)).isEqualTo(new ContainerMode(true, true));
    }
}
