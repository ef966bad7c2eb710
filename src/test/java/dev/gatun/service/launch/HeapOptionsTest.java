package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.service.config.HeapSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapOptionsTest {

    private static final long MIB = 1L << 20;
    private static final ContainerMode HOST = new ContainerMode(false, false);
    private static final ContainerMode CONTAINER = new ContainerMode(true, false);

    private static final HeapSettings DEFAULT =
            new HeapSettings(OptionalDouble.empty(), false, OptionalInt.empty(), OptionalInt.empty());
    private static final HeapSettings SIXTY =
            new HeapSettings(OptionalDouble.of(60), false, OptionalInt.empty(), OptionalInt.empty());
    private static final HeapSettings SHRINKING =
            new HeapSettings(OptionalDouble.empty(), true, OptionalInt.empty(), OptionalInt.empty());
    private static final HeapSettings RATIOS =
            new HeapSettings(OptionalDouble.empty(), false, OptionalInt.of(20), OptionalInt.of(40));

    private static MemoryFacts limit(long bytes) {
        return new MemoryFacts(
                DetectedLimit.of(bytes, "/sys/fs/cgroup/memory.max"), OptionalLong.empty(), 20 * MIB);
    }

    private static MemoryFacts no(DetectedLimit limit) {
        return new MemoryFacts(limit, OptionalLong.of(1L << 34), 0);
    }

    /** In a container of 120 MiB with 3 processors: a heap of 81 MiB. */
    private static List<String> in120(HeapSettings heap, String... options) {
        return HeapOptions.of(List.of(options), heap, CONTAINER, limit(120 * MIB), 3).options();
    }

    @ParameterizedTest
    @CsvSource({
        "10,      1,  5",
        "16,      1,  9",
        "120,     3,  81",
        "1024,    2,  762",
        "1000000, 1,  749997",
        "10,      64, 5"
    })
    void isThreeQuartersLessAShareForEachProcessorButHalfAtLeast(long limitMib, int processors, long heapMib) {
        HeapOptions options = HeapOptions.of(List.of(), DEFAULT, CONTAINER, limit(limitMib * MIB), processors);
        assertThat(options.options()).containsExactly("-Xms" + heapMib * MIB, "-Xmx" + heapMib * MIB);
    }

    @Test
    void isCutOffToWholeBytes() {
        assertThat(HeapOptions.heapBytes(10 * MIB + 1, 1, DEFAULT)).isEqualTo(5 * MIB);
        assertThat(HeapOptions.heapBytes(1_000_001, 0, DEFAULT)).isEqualTo(750_000);
        assertThat(HeapOptions.heapBytes(1_000_001, 64, SIXTY)).isEqualTo(600_000);
    }

    @Test
    void aPercentageKnowsNoDeduction() {
        assertThat(in120(SIXTY)).containsExactly("-Xms" + 72 * MIB, "-Xmx" + 72 * MIB);
    }

    @Test
    void sizesAmongTheOptionsAreDropped() {
        assertThat(in120(DEFAULT, "-Xmx4g", "-ea", "-Xms1g", "-Xmx2g", "-Xss1m"))
                .containsExactly("-ea", "-Xss1m", "-Xms" + 81 * MIB, "-Xmx" + 81 * MIB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:MaxRAMPercentage=50", "-XX:InitialRAMPercentage=50"})
    void oneRamPercentageIsEnoughToAddNothing(String percentage) {
        assertThat(in120(DEFAULT, "-Xmx4g", percentage, "-Xms4g")).containsExactly(percentage);
        assertThat(HeapOptions.of(
                List.of("-Xmx4g", percentage), SIXTY, CONTAINER, no(DetectedLimit.unlimited()), 1).options())
                .containsExactly(percentage);
    }

    @Test
    void aMinimumPercentageIsNone() {
        assertThat(in120(DEFAULT, "-XX:MinRAMPercentage=50"))
                .containsExactly("-XX:MinRAMPercentage=50", "-Xms" + 81 * MIB, "-Xmx" + 81 * MIB);
    }

    @Test
    void aHeapThatMayShrinkStartsSmall() {
        assertThat(in120(SHRINKING, "-XX:+AlwaysPreTouch", "-XX:-AlwaysPreTouch", "-Xms1g"))
                .containsExactly("-XX:-AlwaysPreTouch", "-Xmx" + 81 * MIB);
        assertThat(in120(DEFAULT, "-XX:+AlwaysPreTouch"))
                .containsExactly("-XX:+AlwaysPreTouch", "-Xms" + 81 * MIB, "-Xmx" + 81 * MIB);
    }

    @Test
    void freeRatiosReplaceThoseAmongTheOptions() {
        assertThat(in120(RATIOS, "-XX:MinHeapFreeRatio=1", "-ea", "-XX:MaxHeapFreeRatio=2"))
                .containsExactly(
                        "-ea", "-Xms" + 81 * MIB, "-Xmx" + 81 * MIB, "-XX:MinHeapFreeRatio=20",
                        "-XX:MaxHeapFreeRatio=40");
        assertThat(in120(RATIOS, "-XX:MaxRAMPercentage=50"))
                .containsExactly(
                        "-XX:MaxRAMPercentage=50", "-XX:MinHeapFreeRatio=20", "-XX:MaxHeapFreeRatio=40");
        HeapSettings one = new HeapSettings(OptionalDouble.empty(), true, OptionalInt.empty(), OptionalInt.of(0));
        assertThat(in120(one, "-XX:MinHeapFreeRatio=1", "-XX:MaxHeapFreeRatio=2"))
                .containsExactly("-XX:MinHeapFreeRatio=1", "-Xmx" + 81 * MIB, "-XX:MaxHeapFreeRatio=0");
    }

    @Test
    void withoutALimitTheJvmTakesAShare() {
        for (DetectedLimit none : List.of(
                DetectedLimit.unlimited(), DetectedLimit.failed("no"), DetectedLimit.of(1_000_001 * MIB, "file"))) {
            assertThat(HeapOptions.of(List.of("-Xmx1g", "-ea"), DEFAULT, CONTAINER, no(none), 2).options())
                    .containsExactly("-ea", "-XX:InitialRAMPercentage=75.0", "-XX:MaxRAMPercentage=75.0");
        }
    }

    /** The fall-back knows nothing of the newer keys but the percentage. */
    @Test
    void theShareTakesThePercentageAndNothingElse() {
        MemoryFacts facts = no(DetectedLimit.unlimited());
        HeapSettings all = new HeapSettings(OptionalDouble.of(66.66), true, OptionalInt.of(1), OptionalInt.of(2));
        assertThat(HeapOptions.of(List.of("-XX:+AlwaysPreTouch"), all, CONTAINER, facts, 2).options())
                .containsExactly(
                        "-XX:+AlwaysPreTouch", "-XX:InitialRAMPercentage=66.7", "-XX:MaxRAMPercentage=66.7");
    }

    @Test
    void theLargestLimitThatCountsIsAMillionMebibytes() {
        assertThat(HeapOptions.of(List.of(), DEFAULT, CONTAINER, limit(1_000_000 * MIB + 1), 1).options())
                .contains("-XX:MaxRAMPercentage=75.0");
    }

    /** Sized for it the heap would be larger than the machine; a share is of what there is. */
    @Test
    void aLimitAboveTheMachineIsNone() {
        MemoryFacts facts = new MemoryFacts(DetectedLimit.of(1024 * MIB, "file"), OptionalLong.of(120 * MIB), 0);
        HeapOptions options = HeapOptions.of(List.of(), DEFAULT, CONTAINER, facts, 3);
        assertThat(options.options()).containsExactly("-XX:InitialRAMPercentage=75.0", "-XX:MaxRAMPercentage=75.0");
        assertThat(options.note()).contains("container support is on: the machine has less than the limit of 1.00 GiB, "
                + "so the heap is 75.0 percent of what the JVM finds");
        MemoryFacts all = new MemoryFacts(DetectedLimit.of(120 * MIB, "file"), OptionalLong.of(120 * MIB), 0);
        assertThat(HeapOptions.of(List.of(), DEFAULT, CONTAINER, all, 3).options()).contains("-Xmx" + 81 * MIB);
    }

    @Test
    void outsideAContainerNothingChanges() {
        List<String> options = List.of("-Xmx4g", "-XX:+AlwaysPreTouch", "-XX:MinHeapFreeRatio=1");
        for (HeapSettings heap : List.of(DEFAULT, SIXTY, SHRINKING, RATIOS)) {
            assertThat(HeapOptions.of(options, heap, HOST, limit(120 * MIB), 3))
                    .isEqualTo(new HeapOptions(options, Optional.empty()));
        }
    }

    @Test
    void containerSupportCanBeSwitchedOff() {
        List<String> options = List.of("-Xmx4g");
        assertThat(HeapOptions.of(options, DEFAULT, new ContainerMode(true, true), limit(120 * MIB), 3))
                .isEqualTo(new HeapOptions(
                        options, Optional.of("container support is off: dangerousDisableContainerSupport is on")));
        List<String> withMachine = List.of("-Xmx4g", "-XX:MaxRAM=1g");
        assertThat(HeapOptions.of(withMachine, DEFAULT, CONTAINER, limit(120 * MIB), 3))
                .isEqualTo(new HeapOptions(
                        withMachine, Optional.of("container support is off: there is an option -XX:MaxRAM=")));
    }

    @Test
    void saysWhatWasDecided() {
        assertThat(HeapOptions.of(List.of(), DEFAULT, CONTAINER, limit(120 * MIB), 3).note())
                .contains("container support is on: a heap of 81.00 MiB in a limit of 120.00 MiB");
        assertThat(HeapOptions.of(List.of(), DEFAULT, CONTAINER, no(DetectedLimit.failed("EACCES")), 3).note())
                .contains(
                        "container support is on: the memory limit is not known (EACCES), so the heap is 75.0 percent "
                                + "of what the JVM finds");
        assertThat(HeapOptions.of(
                List.of("-XX:MaxRAMPercentage=50"), DEFAULT, CONTAINER, no(DetectedLimit.unlimited()), 3).note())
                .contains("container support is on: there is no memory limit, so the heap goes by the RAM percentages "
                        + "among the options");
    }
}
