package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.service.config.MemoryMode;
import dev.gatun.service.config.MemorySettings;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPlanTest {

    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;
    private static final String FILE = "/sys/fs/cgroup/memory.max";

    private static final ContainerMode HOST = new ContainerMode(false, false);
    private static final ContainerMode CONTAINER = new ContainerMode(true, false);
    private static final ContainerMode IGNORED = new ContainerMode(true, true);

    private static final MemorySettings CGROUP_AWARE = Memory.mode(MemoryMode.CGROUP_AWARE);

    private static MemoryFacts facts(DetectedLimit group) {
        return new MemoryFacts(group, OptionalLong.of(64 * GIB), 0);
    }

    private static MemoryPlan plan(MemorySettings settings, ContainerMode container, MemoryFacts facts) {
        return MemoryPlan.of(settings, Memory.WATCHDOG, container, facts);
    }

    private static MemoryPlan.Managed managed(MemoryPlan plan) {
        assertThat(plan.kind()).isEqualTo(MemoryPlan.Kind.MANAGED);
        return (MemoryPlan.Managed) plan;
    }

    @ParameterizedTest
    @CsvSource({
        "104857600,   70778880,    89128960,    99614720",
        "1073741824,  724775731,   912680550,   1020054732",
        "2147483648,  1449551462,  1825361100,  2040109465",
        "25276514304, 17061647155, 21485037158, 24012688588"
    })
    void hasTheReferenceValues(long limit, long effective, long soft, long hard) {
        assertThat(plan(CGROUP_AWARE, CONTAINER, facts(DetectedLimit.of(limit, FILE))))
                .isEqualTo(new MemoryPlan.Managed(MemoryMode.CGROUP_AWARE, limit, FILE, effective, soft, hard));
        assertThat(plan(Memory.fixed(limit), HOST, facts(DetectedLimit.unlimited())))
                .isEqualTo(new MemoryPlan.Managed(
                        MemoryMode.FIXED, limit, "memory.fixedLimitBytes", effective, soft, hard));
    }

    /** The reference promises 64 MiB of 32. */
    @Test
    void theFloorIsNoHigherThanTheLimit() {
        assertThat(plan(CGROUP_AWARE, CONTAINER, facts(DetectedLimit.of(32 * MIB, FILE))))
                .isEqualTo(new MemoryPlan.Managed(
                        MemoryMode.CGROUP_AWARE, 32 * MIB, FILE, 32 * MIB, 28_521_267, 31_876_710));
        assertThat(managed(plan(CGROUP_AWARE, CONTAINER, facts(DetectedLimit.of(80 * MIB, FILE)))).effectiveBytes())
                .isEqualTo(64 * MIB);
    }

    @ParameterizedTest
    @CsvSource({
        "1073741824, 20971520,   703804211",
        "104857600,  20971520,   67108864",
        "67108864,   20971520,   46137344",
        "1048576,    20971520,   0"
    })
    void theLauncherIsSubtractedFromWhatAGroupAllows(long limit, long launcher, long effective) {
        MemoryFacts facts = new MemoryFacts(DetectedLimit.of(limit, FILE), OptionalLong.of(64 * GIB), launcher);
        MemoryPlan.Managed plan = managed(plan(CGROUP_AWARE, CONTAINER, facts));
        assertThat(plan.effectiveBytes()).isEqualTo(effective);
        assertThat(plan.limitBytes()).isEqualTo(limit);
    }

    @Test
    void theLauncherIsNotSubtractedFromOtherLimits() {
        MemoryFacts facts = new MemoryFacts(DetectedLimit.unlimited(), OptionalLong.of(GIB), 20 * MIB);
        assertThat(managed(plan(CGROUP_AWARE, HOST, facts)).effectiveBytes()).isEqualTo(724_775_731);
        assertThat(managed(plan(Memory.fixed(GIB), HOST, facts)).effectiveBytes()).isEqualTo(724_775_731);
    }

    @ParameterizedTest
    @CsvSource({
        "100,  0,    1073741824",
        "100,  0.1,  966367641",
        "50,   0,    536870912",
        "33.3, 0.05, 339678225",
        "0,    0.1,  67108864",
        "75,   1,    67108864"
    })
    void isCutOffAfterEachProduct(double percent, double buffer, long effective) {
        MemorySettings settings =
                Memory.settings(MemoryMode.CGROUP_AWARE, percent, OptionalLong.empty(), buffer);
        assertThat(managed(plan(settings, HOST, facts(DetectedLimit.of(GIB, FILE)))).effectiveBytes())
                .isEqualTo(effective);
    }

    @Test
    void theThresholdsAreOfTheWholeLimit() {
        MemoryPlan plan = MemoryPlan.of(
                CGROUP_AWARE, Memory.watchdog(50, 99.9), HOST,
                new MemoryFacts(DetectedLimit.of(GIB, FILE), OptionalLong.empty(), 100 * MIB));
        assertThat(managed(plan).softBytes()).isEqualTo(536_870_912);
        assertThat(managed(plan).hardBytes()).isEqualTo(1_072_668_082);
    }

    @Test
    void withoutALimitTheMachineIsTheLimit() {
        MemoryPlan.Managed plan = managed(plan(CGROUP_AWARE, CONTAINER, facts(DetectedLimit.unlimited())));
        assertThat(plan.limitBytes()).isEqualTo(64 * GIB);
        assertThat(plan.source()).isEqualTo("the machine's memory");
    }

    @Test
    void aLimitAboveTheMachineIsNone() {
        MemoryPlan.Managed plan = managed(plan(CGROUP_AWARE, CONTAINER, facts(DetectedLimit.of(100 * GIB, FILE))));
        assertThat(plan.limitBytes()).isEqualTo(64 * GIB);
        assertThat(plan.source())
                .isEqualTo("the machine's memory, which is less than the 100.00 GiB of /sys/fs/cgroup/memory.max");
    }

    @Test
    void aFixedLimitIsTakenAsItIs() {
        assertThat(managed(plan(Memory.fixed(100 * GIB), CONTAINER, facts(DetectedLimit.of(GIB, FILE)))).limitBytes())
                .isEqualTo(100 * GIB);
    }

    @Test
    void withoutContainerSupportNoGroupCounts() {
        MemoryPlan.Managed plan = managed(plan(CGROUP_AWARE, IGNORED, facts(DetectedLimit.of(GIB, FILE))));
        assertThat(plan.limitBytes()).isEqualTo(64 * GIB);
        assertThat(managed(plan(CGROUP_AWARE, IGNORED, facts(DetectedLimit.failed("no")))).limitBytes())
                .isEqualTo(64 * GIB);
    }

    @Test
    void unmanagedAsksNothing() {
        MemoryFacts facts = new MemoryFacts(DetectedLimit.failed("no"), OptionalLong.empty(), 0);
        assertThat(plan(Memory.mode(MemoryMode.UNMANAGED), CONTAINER, facts))
                .isEqualTo(new MemoryPlan.Unmanaged(Optional.empty()));
    }

    @Test
    void whatIsNotKnownIsRefusedInAContainerAndWarnedOfElsewhere() {
        MemoryFacts facts = facts(DetectedLimit.failed(FILE + ": EACCES (Permission denied)"));
        assertThat(plan(CGROUP_AWARE, CONTAINER, facts)).isEqualTo(new MemoryPlan.Refused(
                "memory limit: /sys/fs/cgroup/memory.max: EACCES (Permission denied); in a container (CONTAINER is set) "
                        + "a service is not started without its limit"));
        assertThat(plan(CGROUP_AWARE, HOST, facts)).isEqualTo(new MemoryPlan.Unmanaged(Optional.of(
                "memory limit: /sys/fs/cgroup/memory.max: EACCES (Permission denied); the service is started without "
                        + "one, and its memory is not watched")));
    }

    @Test
    void aLimitOfNothingIsNotKnown() {
        MemoryFacts facts = facts(DetectedLimit.of(0, FILE));
        assertThat(plan(CGROUP_AWARE, CONTAINER, facts).kind()).isEqualTo(MemoryPlan.Kind.REFUSED);
        assertThat(plan(CGROUP_AWARE, HOST, facts).kind()).isEqualTo(MemoryPlan.Kind.UNMANAGED);
    }

    @Test
    void withoutLimitAndMachineNothingIsKnown() {
        MemoryFacts facts = new MemoryFacts(DetectedLimit.unlimited(), OptionalLong.empty(), 0);
        assertThat(plan(CGROUP_AWARE, CONTAINER, facts).kind()).isEqualTo(MemoryPlan.Kind.REFUSED);
        assertThat(plan(CGROUP_AWARE, IGNORED, facts).kind()).isEqualTo(MemoryPlan.Kind.UNMANAGED);
        MemorySettings fixedWithoutNumber = Memory.mode(MemoryMode.FIXED);
        assertThat(plan(fixedWithoutNumber, CONTAINER, facts).kind()).isEqualTo(MemoryPlan.Kind.REFUSED);
    }

    @Property
    void nothingPromisedIsMoreThanTheLimit(
            @ForAll @LongRange(min = 1, max = 1L << 50) long limit,
            @ForAll @LongRange(min = 0, max = 1L << 28) long launcher,
            @ForAll @DoubleRange(min = 0, max = 100) double percent,
            @ForAll @DoubleRange(min = 0, max = 1) double buffer) {
        MemorySettings settings = Memory.settings(MemoryMode.CGROUP_AWARE, percent, OptionalLong.empty(), buffer);
        MemoryPlan.Managed plan = managed(plan(
                settings, CONTAINER,
                new MemoryFacts(DetectedLimit.of(limit, FILE), OptionalLong.of(1L << 40), launcher)));
        assertThat(plan.limitBytes()).isLessThanOrEqualTo(1L << 40);
        assertThat(plan.effectiveBytes()).isBetween(0L, Math.max(0, plan.limitBytes() - launcher));
        assertThat(plan.softBytes()).isLessThanOrEqualTo(plan.hardBytes());
        assertThat(plan.hardBytes()).isLessThanOrEqualTo(plan.limitBytes());
    }
}
