package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.doctor.Libcs;
import dev.gatun.linux.CpuList;
import dev.gatun.linux.NumaTopology;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a binding comes to on machines that are only files. */
class BindPlanTest {

    @TempDir
    Path root;

    private NumaTopology topology;

    @BeforeEach
    void twoNodes() {
        Libcs.write(root, "/sys/devices/system/cpu/online", "0-7\n");
        Libcs.write(root, "/sys/devices/system/node/online", "0-2\n");
        Libcs.write(root, "/sys/devices/system/node/node0/cpulist", "0-3\n");
        Libcs.write(root, "/sys/devices/system/node/node1/cpulist", "4-7\n");
        Libcs.write(root, "/sys/devices/system/node/node2/cpulist", "\n");
        topology = new NumaTopology(Libcs.rooted(root, "/sys"));
    }

    private static String text(Optional<BitSet> set) {
        return set.map(CpuList::text).orElse("-");
    }

    private static ProcBind bind(String nodesForProcessors, String nodesForMemory, String processors, String cpus) {
        return new ProcBind(Optional.ofNullable(nodesForProcessors), Optional.ofNullable(nodesForMemory),
                Optional.ofNullable(processors), Optional.ofNullable(cpus));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
                    1   |     |     |     | 4-7 | -
                    0,1 |     |     |     | 0-7 | -
                    all |     |     |     | 0-7 | -
                    1   | 0   |     |     | 4-7 | 0
                        | all |     |     | -   | 0-2
                    0   | 1,2 | 2,6 |     | 2,6 | 1-2
                        |     | all |     | 0-7 | -
                        |     | 3   | 5   | 3   | -
                        |     |     | 5   | 5   | -
                        |     |     |     | -   | -
                    """)
    void isWorkedOut(String nodesForProcessors, String nodesForMemory, String processors, String cpus,
            String thenProcessors, String thenMemory) {
        BindPlan plan = BindPlan.of(bind(nodesForProcessors, nodesForMemory, processors, cpus), topology);
        assertThat(text(plan.processors())).isEqualTo(thenProcessors);
        assertThat(text(plan.memoryNodes())).isEqualTo(thenMemory);
    }

    @Test
    void withoutNodesTheirKeysAreNothing(@TempDir Path plain) {
        BindPlan plan = BindPlan.of(bind("1", "1", "1", "5"), new NumaTopology(Libcs.rooted(plain, "/sys")));
        assertThat(text(plan.processors())).isEqualTo("5");
        assertThat(plan.memoryNodes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
                    3 |   |   | binding to processors of nodes: there is no node 3, the nodes are 0-2
                    2 |   |   | binding to processors of nodes: no processor is in 2
                      | 5 |   | binding to memory: there is no node 5, the nodes are 0-2
                      |   | x | binding to processors: "x" is no list such as 0-3,8 or 0-31:2
                    """)
    void refusesWhatIsNotThere(String nodesForProcessors, String nodesForMemory, String processors, String sentence) {
        assertThatThrownBy(() -> BindPlan.of(bind(nodesForProcessors, nodesForMemory, processors, null), topology))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }
}
