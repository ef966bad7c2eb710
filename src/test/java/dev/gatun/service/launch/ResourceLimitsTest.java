package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Rlimit.Resource;
import dev.gatun.service.config.ConfigType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceLimitsTest {

    private static final Rlimit NO_CORE = new Rlimit(Resource.CORE, 0, 0);
    private static final LimitCeilings PLAIN = new LimitCeilings(20_000, 1_000, false, 1_048_576);
    private static final LimitCeilings MIGHTY = new LimitCeilings(20_000, 1_000, true, 1_048_576);
    private static final LimitCeilings UNLIMITED =
            new LimitCeilings(Rlimit.UNLIMITED, Rlimit.UNLIMITED, false, 1_048_576);

    private static ResourceLimits of(ConfigType type, LimitCeilings ceilings, String resources) {
        return ResourceLimits.of(Services.read("resources: {" + resources + "}").resources(), type, ceilings);
    }

    private static Rlimit limit(Resource resource, long value) {
        return new Rlimit(resource, value, value);
    }

    @Test
    void nothingIsSetThatIsNotAskedFor() {
        assertThat(of(ConfigType.PYTHON, PLAIN, "coreDumpEnabled: true").limits()).isEmpty();
        assertThat(of(ConfigType.PYTHON, PLAIN, "coreDumpEnabled: true, maxOpenFiles: 0, maxProcesses: 0").limits())
                .isEmpty();
    }

    @Test
    void onlyPythonIsWithoutCoreFilesByDefault() {
        assertThat(of(ConfigType.PYTHON, PLAIN, "").limits()).containsExactly(NO_CORE);
        assertThat(of(ConfigType.JAVA, PLAIN, "").limits()).isEmpty();
        assertThat(of(ConfigType.EXECUTABLE, PLAIN, "").limits()).isEmpty();
        assertThat(of(ConfigType.JAVA, PLAIN, "coreDumpEnabled: false").limits()).containsExactly(NO_CORE);
    }

    @ParameterizedTest
    @EnumSource
    void softAndHardLimitAreTheSame(ConfigType type) {
        assertThat(of(type, PLAIN, "maxOpenFiles: 20000, maxProcesses: 1000, coreDumpEnabled: true"))
                .isEqualTo(new ResourceLimits(
                        List.of(limit(Resource.NOFILE, 20_000), limit(Resource.NPROC, 1_000)),
                        List.of()));
    }

    @Test
    void whatCannotBeRaisedStaysAndEachIsToldAlone() {
        ResourceLimits limits = of(ConfigType.PYTHON, PLAIN, "maxOpenFiles: 65536, maxProcesses: 4096");
        assertThat(limits.limits()).containsExactly(NO_CORE);
        assertThat(limits.warnings()).containsExactly(
                "resources.maxOpenFiles: 65536 is above our hard limit, 20000, and to raise that takes CAP_SYS_RESOURCE; "
                        + "the limit stays as it is",
                "resources.maxProcesses: 4096 is above our hard limit, 1000, and to raise that takes CAP_SYS_RESOURCE; "
                        + "the limit stays as it is");
        assertThat(of(ConfigType.PYTHON, PLAIN, "maxOpenFiles: 65536, maxProcesses: 10").limits())
                .containsExactly(limit(Resource.NPROC, 10), NO_CORE);
    }

    @Test
    void theCapabilityRaisesThem() {
        for (LimitCeilings ceilings : List.of(MIGHTY, UNLIMITED)) {
            assertThat(of(ConfigType.JAVA, ceilings, "maxOpenFiles: 65536, maxProcesses: 4096"))
                    .isEqualTo(new ResourceLimits(
                            List.of(limit(Resource.NOFILE, 65_536), limit(Resource.NPROC, 4_096)), List.of()));
        }
    }

    @Test
    void theKernelsCeilingIsForAll() {
        for (LimitCeilings ceilings : List.of(PLAIN, MIGHTY, UNLIMITED)) {
            ResourceLimits limits = of(ConfigType.JAVA, ceilings, "maxOpenFiles: 1048577, maxProcesses: 5");
            assertThat(limits.limits()).containsExactly(limit(Resource.NPROC, 5));
            assertThat(limits.warnings()).containsExactly(
                    "resources.maxOpenFiles: 1048577 is above fs.nr_open, 1048576, which nobody may exceed; the limit stays "
                            + "as it is");
        }
        assertThat(of(ConfigType.JAVA, MIGHTY, "maxOpenFiles: 1048576").warnings()).isEmpty();
    }
}
