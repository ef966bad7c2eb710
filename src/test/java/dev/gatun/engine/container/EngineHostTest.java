package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineHostTest {

    private static String find(String setting, Map<String, String> environment, String... sockets) {
        return EngineHost.find(
                Optional.ofNullable(setting), environment, path -> Set.of(sockets).contains(path.toString()))
                .toString();
    }

    @Test
    void theSettingWinsOverTheVariableAndThatOverWhatIsThere() {
        Map<String, String> variable = Map.of("DOCKER_HOST", "unix:///b");
        assertThat(find("unix:///a", variable, "/var/run/docker.sock")).isEqualTo("unix:///a");
        assertThat(find("/a", variable)).isEqualTo("unix:///a");
        assertThat(find(null, variable, "/var/run/docker.sock")).isEqualTo("unix:///b");
    }

    @Test
    void dockerIsLookedForBeforePodman() {
        Map<String, String> session = Map.of("XDG_RUNTIME_DIR", "/run/user/7", "DOCKER_HOST", " ");
        assertThat(find(null, session)).isEqualTo("unix:///var/run/docker.sock");
        assertThat(find(null, session, "/run/podman/podman.sock")).isEqualTo("unix:///run/podman/podman.sock");
        assertThat(find(null, session, "/run/podman/podman.sock", "/run/user/7/podman/podman.sock"))
                .isEqualTo("unix:///run/user/7/podman/podman.sock");
        assertThat(find(null, session, "/run/user/7/podman/podman.sock", "/run/user/7/docker.sock"))
                .isEqualTo("unix:///run/user/7/docker.sock");
        assertThat(find(null, session, "/run/user/7/docker.sock", "/var/run/docker.sock"))
                .isEqualTo("unix:///var/run/docker.sock");
    }

    @Test
    void onlyUnixSocketsWillDo() {
        assertThatThrownBy(() -> find("tcp://h:2375", Map.of())).hasMessage(
                "launcher error: the setting host is \"tcp://h:2375\"; expected a Unix socket such as"
                        + " unix:///var/run/docker.sock");
        assertThatThrownBy(() -> find(null, Map.of("DOCKER_HOST", "ssh://h")))
                .hasMessageStartingWith("launcher error: the variable DOCKER_HOST is \"ssh://h\"");
        assertThat(new EngineHost(Path.of("/x")).socket()).isEqualTo(Path.of("/x"));
    }
}
