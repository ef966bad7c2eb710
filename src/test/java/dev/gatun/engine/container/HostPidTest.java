package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPidTest {

    @TempDir
    Path proc;

    private static ContainerState state(int pid) {
        return new ContainerState("0123abc", Map.of(), "running", pid, 0, false, Instant.EPOCH, Optional.empty());
    }

    @Test
    void aPidIsToldWhereTheProcessIsTheContainers() throws Exception {
        Files.writeString(Files.createDirectory(proc.resolve("7")).resolve("cgroup"), "0::/docker/0123abc\n");
        Files.writeString(Files.createDirectory(proc.resolve("8")).resolve("cgroup"), "0::/user.slice\n");
        HostPid here = new HostPid(proc);
        assertThat(here.of(state(7))).hasValue(7);
        assertThat(here.of(state(8))).as("somebody else's").isEmpty();
        assertThat(here.of(state(9))).as("not here").isEmpty();
        assertThat(here.of(state(0))).as("ended").isEmpty();
    }
}
