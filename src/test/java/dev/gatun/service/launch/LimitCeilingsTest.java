package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.doctor.Libcs;
import dev.gatun.linux.Capability;
import dev.gatun.linux.CapabilitySets;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Rlimit.Resource;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitCeilingsTest {

    @TempDir
    Path machine;

    private LimitCeilings inNamespace(String map) {
        Libcs.write(machine, "/proc/self/uid_map", map);
        return LimitCeilings.read(Libcs.rooted(machine, "/proc"));
    }

    @Test
    void areThoseOfThisProcess() throws Exception {
        LimitCeilings ceilings = LimitCeilings.read(Dist.LIBC);
        assertThat(ceilings.openFiles()).isEqualTo(Rlimit.current(Dist.LIBC, Resource.NOFILE).hard());
        assertThat(ceilings.processes()).isEqualTo(Rlimit.current(Dist.LIBC, Resource.NPROC).hard());
        // In one read: the kernel gives such a number only as a whole.
        try (BufferedReader nrOpen = Files.newBufferedReader(Path.of("/proc/sys/fs/nr_open"))) {
            assertThat(ceilings.mostOpenFiles()).isEqualTo(Long.parseLong(nrOpen.readLine()));
        }
    }

    @Test
    void theCapabilityCountsInTheFirstUserNamespace() {
        boolean capable = CapabilitySets.current(Dist.LIBC).isEffective(Capability.SYS_RESOURCE);
        assertThat(inNamespace("         0          0 4294967295\n").mayRaise()).isEqualTo(capable);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0 0 1", "0 1000 1\n1 100000 65536\n", "1000 0 4294967295", "0 0 4294967294", "0 0 1000\n1000 1000 64536"})
    void inAnyOtherItDoesNot(String map) {
        assertThat(inNamespace(map).mayRaise()).isFalse();
    }

    @Test
    void withoutTheFileThereIsNoCeilingOfTheKernels() {
        assertThat(inNamespace("0 0 1").mostOpenFiles()).isEqualTo(Long.MAX_VALUE);
    }
}
