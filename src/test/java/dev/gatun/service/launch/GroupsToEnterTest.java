package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.doctor.Libcs;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupsToEnterTest {

    @TempDir
    Path machine;

    private Libc libc;

    @BeforeEach
    void hierarchies() {
        Libcs.write(machine, "/proc/self/cgroup", "5:memory:/docker/1\n4:cpu,cpuacct:/docker/1\n0::/docker/1\n");
        Libcs.write(machine, "/proc/self/mountinfo", """
                30 20 0:1 / /cg/memory rw - cgroup cgroup rw,memory
                31 20 0:2 / /cg/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
                """);
        for (String group : List.of("/", "/docker/1/", "/batch/")) {
            Libcs.write(machine, "/cg/memory" + group + "cgroup.procs", "");
            Libcs.write(machine, "/cg/cpu,cpuacct" + group + "cgroup.procs", "");
        }
        libc = Libcs.rooted(machine, "/proc/self", "/cg");
    }

    private List<String> files(String... controllersAndGroups) {
        Map<String, String> groups = new LinkedHashMap<>();
        for (int i = 0; i < controllersAndGroups.length; i += 2) {
            groups.put(controllersAndGroups[i], controllersAndGroups[i + 1]);
        }
        return GroupsToEnter.files(libc, groups).stream().map(CString::toString).toList();
    }

    @Test
    void aGroupIsSeenFromItsHierarchy() {
        assertThat(files("memory", "batch", "cpu", "/docker/1/"))
                .containsExactly("/cg/memory/batch/cgroup.procs", "/cg/cpu,cpuacct/docker/1/cgroup.procs");
        assertThat(files("memory", "/")).containsExactly("/cg/memory/cgroup.procs");
        assertThat(files()).isEmpty();
    }

    @Test
    void aHierarchyIsEnteredOnce() {
        assertThat(files("cpu,cpuacct", "batch", "cpuacct", "batch"))
                .containsExactly("/cg/cpu,cpuacct/batch/cgroup.procs");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> files("memory", "other"))
                .isInstanceOf(LaunchProblem.class)
                .hasMessage("cgroupsV1: memory: other: there is no group /cg/memory/other");
        assertThatThrownBy(() -> files("net_cls", "batch"))
                .hasMessage("cgroupsV1: no hierarchy with the controller net_cls is mounted");
    }
}
