package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.service.config.CpuSettings;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuPlanTest {

    private static final String FILE = "/sys/fs/cgroup/cpu.max";
    private static final ContainerMode HOST = new ContainerMode(false, false);
    private static final CpuSettings AUTOMATIC = new CpuSettings(true, OptionalInt.empty());

    private static CpuPlan plan(CpuSettings settings, double quota) {
        return CpuPlan.of(settings, HOST, 8, Optional.of(new DetectedCpus(quota, FILE)));
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1", "1.5, 2", "3.0, 3", "0, 1", "0.01, 1", "1, 1", "1.0001, 2", "7.9, 8", "64, 64"})
    void isTheQuotaRoundedUp(double quota, int count) {
        assertThat(plan(AUTOMATIC, quota)).isEqualTo(new CpuPlan(count, FILE));
    }

    @Test
    void withoutQuotaItIsTheProcessors() {
        assertThat(CpuPlan.of(AUTOMATIC, HOST, 8, Optional.empty())).isEqualTo(new CpuPlan(8, "processors"));
    }

    @Test
    void withoutDetectionItIsTheProcessors() {
        assertThat(plan(new CpuSettings(false, OptionalInt.empty()), 2))
                .isEqualTo(new CpuPlan(8, "processors; cpu.autoDetect is off"));
    }

    @Test
    void anOverrideWins() {
        assertThat(plan(new CpuSettings(true, OptionalInt.of(5)), 2)).isEqualTo(new CpuPlan(5, "cpu.override"));
        assertThat(plan(new CpuSettings(false, OptionalInt.of(5)), 2)).isEqualTo(new CpuPlan(5, "cpu.override"));
    }

    @Test
    void withoutContainerSupportNoQuotaCounts() {
        ContainerMode ignored = new ContainerMode(true, true);
        assertThat(CpuPlan.of(AUTOMATIC, ignored, 8, Optional.of(new DetectedCpus(2, FILE))).count()).isEqualTo(8);
    }
}
