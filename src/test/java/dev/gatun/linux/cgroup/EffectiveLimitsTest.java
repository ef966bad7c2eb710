package dev.gatun.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.MemoryInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On folders that look as kernels make them look. */
class EffectiveLimitsTest {

    private static final long MIB = 1 << 20;
    private static final Libc LIBC = new SystemLibc();
    private static final long MACHINE = MemoryInfo.totalBytes(LIBC).orElseThrow();

    @TempDir
    private Path root;

    private String cgroup = "0::/a/b\n";
    private String mounts = "";

    private void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content + "\n");
    }

    private void mount(String folder, String type, String options) throws IOException {
        Files.createDirectories(root.resolve(folder));
        mounts += "30 25 0:26 / " + root.resolve(folder) + " rw - " + type + " " + type + " rw" + options + "\n";
    }

    private void version2() throws IOException {
        mount("cg", "cgroup2", "");
        write("cg/cgroup.controllers", "cpuset cpu io memory pids");
        Files.createDirectories(root.resolve("cg/a/b"));
    }

    private void version1() throws IOException {
        cgroup = "4:memory:/a/b\n3:cpu,cpuacct:/a/b\n";
        mount("memory", "cgroup", ",memory");
        mount("cpu", "cgroup", ",cpu,cpuacct");
        Files.createDirectories(root.resolve("memory/a/b"));
        Files.createDirectories(root.resolve("cpu/a/b"));
        write("memory/memory.limit_in_bytes", "9223372036854771712");
        write("cpu/cpu.cfs_quota_us", "-1");
        write("cpu/cpu.cfs_period_us", "100000");
    }

    private EffectiveLimits limits() {
        return new EffectiveLimits(
                LIBC, CgroupMembership.parse(cgroup, mounts, folder -> Files.isDirectory(Path.of(folder))));
    }

    private String path(String file) {
        return root.resolve(file).toString();
    }

    @Test
    void version2TakesTheSmallestOnTheWayUp() throws IOException {
        version2();
        write("cg/a/b/memory.max", "max");
        write("cg/a/memory.max", Long.toString(64 * MIB));
        write("cg/a/b/cpu.max", "200000 100000");
        write("cg/a/cpu.max", "max 100000");
        assertThat(limits().memory()).isEqualTo(new MemoryLimit(
                LimitOutcome.LIMITED, 64 * MIB, path("cg/a/memory.max"),
                "67108864 bytes, by " + path("cg/a/memory.max")));
        assertThat(limits().processors()).isEqualTo(new ProcessorLimit(
                LimitOutcome.LIMITED, 2, path("cg/a/b/cpu.max"), "2.0 processors, by " + path("cg/a/b/cpu.max")));
        write("cg/a/b/memory.max", Long.toString(32 * MIB));
        write("cg/a/cpu.max", "50000 100000");
        assertThat(limits().memory().source()).isEqualTo(path("cg/a/b/memory.max"));
        assertThat(limits().processors().source()).isEqualTo(path("cg/a/cpu.max"));
    }

    @Test
    void version1TakesTheSmallestOnTheWayUp() throws IOException {
        version1();
        write("memory/a/b/memory.limit_in_bytes", "9223372036854771712");
        write("memory/a/memory.limit_in_bytes", Long.toString(64 * MIB));
        write("cpu/a/b/cpu.cfs_quota_us", "150000");
        write("cpu/a/b/cpu.cfs_period_us", "100000");
        write("cpu/a/cpu.cfs_quota_us", "1000000");
        write("cpu/a/cpu.cfs_period_us", "250000");
        assertThat(limits().memory().bytes()).isEqualTo(64 * MIB);
        assertThat(limits().memory().source()).isEqualTo(path("memory/a/memory.limit_in_bytes"));
        ProcessorLimit processors = limits().processors();
        assertThat(processors.processors()).isEqualTo(1.5);
        assertThat(processors.source()).isEqualTo(path("cpu/a/b/cpu.cfs_quota_us"));
    }

    @Test
    void noLimitIsTheMachine() throws IOException {
        version2();
        write("cg/a/b/memory.max", "max");
        write("cg/a/b/cpu.max", "max 100000");
        assertNoLimit(path("cg/a/b"), path("cg/a/b"));
    }

    @Test
    void noLimitIsTheMachineInVersion1() throws IOException {
        version1();
        write("memory/a/memory.limit_in_bytes", "9223372036854710272");
        assertNoLimit(path("memory/a/b"), path("cpu/a/b"));
    }

    /** The root group of version 2 has neither file. */
    @Test
    void noLimitIsTheMachineInTheRootGroup() throws IOException {
        cgroup = "0::/\n";
        version2();
        assertNoLimit(path("cg"), path("cg"));
    }

    private void assertNoLimit(String memory, String processors) {
        assertThat(limits().memory()).isEqualTo(new MemoryLimit(
                LimitOutcome.UNLIMITED, MACHINE, "/proc/meminfo",
                MACHINE + " bytes, all that the machine has: no group from " + memory + " upwards sets a limit"));
        assertThat(limits().processors()).isEqualTo(new ProcessorLimit(
                LimitOutcome.UNLIMITED, 0, "", "no group from " + processors + " upwards sets a limit"));
    }

    @Test
    void moreThanTheMachineHasIsTheMachine() throws IOException {
        version2();
        write("cg/a/b/memory.max", "1000000000000000000");
        assertThat(limits().memory()).isEqualTo(new MemoryLimit(
                LimitOutcome.LIMITED, MACHINE, "/proc/meminfo",
                MACHINE + " bytes, all that the machine has: " + path("cg/a/b/memory.max")
                        + " allows 1000000000000000000"));
    }

    @Test
    void withoutAControllerNothingLimits() throws IOException {
        assertThat(limits().memory()).isEqualTo(new MemoryLimit(
                LimitOutcome.NO_CONTROLLER, 0, "memory", "there is no memory controller: no group of it is mounted"));
        assertThat(limits().processors()).isEqualTo(new ProcessorLimit(
                LimitOutcome.NO_CONTROLLER, 0, "cpu", "there is no cpu controller: no group of it is mounted"));
    }

    /** systemd's hierarchy of version 2 beside controllers of version 1, of which memory is switched off. */
    @Test
    void hybridWithoutAControllerInEither() throws IOException {
        version1();
        cgroup = "3:cpu,cpuacct:/a/b\n0::/a/b\n";
        mount("cg", "cgroup2", "");
        write("cg/cgroup.controllers", "hugetlb");
        Files.createDirectories(root.resolve("cg/a/b"));
        write("cpu/a/b/cpu.cfs_quota_us", "10000");
        write("cpu/a/b/cpu.cfs_period_us", "100000");
        assertThat(limits().memory()).isEqualTo(new MemoryLimit(LimitOutcome.NO_CONTROLLER, 0,
                path("cg/a/b"), "there is no memory controller for " + path("cg/a/b")));
        assertThat(limits().processors().processors()).isEqualTo(0.1);
    }

    @Test
    void dockerShowsTheContainersGroupAsTheMount() throws IOException {
        String id = "/docker/4fa1c6";
        cgroup = "4:memory:" + id + "\n";
        Files.createDirectories(root.resolve("memory"));
        mounts = "620 618 0:34 " + id + " " + root.resolve("memory") + " ro - cgroup cgroup rw,memory\n";
        write("memory/memory.limit_in_bytes", "134217728");
        assertThat(limits().memory().bytes()).isEqualTo(128 * MIB);
    }

    /** Of a pod, say, whose group is above the mount. */
    @Test
    void version1KnowsOfLimitsThatCannotBeSeen() throws IOException {
        version1();
        write("memory/a/b/memory.limit_in_bytes", Long.toString(64 * MIB));
        write("memory/a/b/memory.stat", "cache 1\nhierarchical_memory_limit 33554432\ntotal_cache 1");
        assertThat(limits().memory().bytes()).isEqualTo(32 * MIB);
        assertThat(limits().memory().source()).isEqualTo(path("memory/a/b/memory.stat"));
        write("memory/a/b/memory.stat", "cache 1\nhierarchical_memory_limit 67108864");
        assertThat(limits().memory().source()).isEqualTo(path("memory/a/b/memory.limit_in_bytes"));
        write("memory/a/b/memory.limit_in_bytes", "9223372036854771712");
        write("memory/a/b/memory.stat", "hierarchical_memory_limit 9223372036854771712");
        assertThat(limits().memory().outcome()).isEqualTo(LimitOutcome.UNLIMITED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "garbage", "", "1.5", "0x10", "67108864 1", "Max", "10M"})
    void whatIsNoLimitIsSaid(String content) throws IOException {
        version2();
        write("cg/a/memory.max", content);
        write("cg/a/b/memory.max", "67108864");
        assertThat(limits().memory()).isEqualTo(new MemoryLimit(LimitOutcome.UNREADABLE, 0, path("cg/a/memory.max"),
                path("cg/a/memory.max") + ": no limit reads \"" + content + "\""));
    }

    @Test
    void longGarbageIsCutShort() throws IOException {
        version2();
        write("cg/a/b/cpu.max", "a b\nc".repeat(100));
        assertThat(limits().processors().text())
                .isEqualTo(path("cg/a/b/cpu.max") + ": no limit reads \"" + "a b c".repeat(8) + "…\"");
    }

    @Test
    void whatCannotBeReadIsSaid() throws IOException {
        version2();
        Files.createDirectories(root.resolve("cg/a/memory.max"));
        MemoryLimit memory = limits().memory();
        assertThat(memory.outcome()).isEqualTo(LimitOutcome.UNREADABLE);
        assertThat(memory.bytes()).isZero();
        assertThat(memory.text()).isEqualTo("read(" + path("cg/a/memory.max") + "): EISDIR (Is a directory)");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0, NUMBER, 0
            67108864, NUMBER, 67108864
            1152921504606846976, NUMBER, 1152921504606846976
            1152921504606847232, NONE, 0
            9223372036854771712, NONE, 0
            9223372036854775807, NONE, 0
            18446744073709551615, NONE, 0
            99999999999999999999999999999, NONE, 0
            max, NONE, 0
            -1, GARBAGE, 0
            +1, GARBAGE, 0
            ' 1', GARBAGE, 0
            '', GARBAGE, 0
            NaN, GARBAGE, 0
            1e3, GARBAGE, 0
            """)
    void bytes(String text, LimitText.Kind kind, double value) {
        assertThat(LimitText.bytes(text)).isEqualTo(new LimitText(kind, value));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            150000 100000, NUMBER, 1.5
            0 100000, NUMBER, 0
            max 100000, NONE, 0
            -1 100000, NONE, 0
            100000 0, NONE, 0
            max 0, NONE, 0
            100000, GARBAGE, 0
            '', GARBAGE, 0
            100000 100000 1, GARBAGE, 0
            x 100000, GARBAGE, 0
            - 100000, GARBAGE, 0
            100000 -1, GARBAGE, 0
            100000 max, GARBAGE, 0
            """)
    void processors(String text, LimitText.Kind kind, double value) {
        assertThat(LimitText.processors(text)).isEqualTo(new LimitText(kind, value));
    }

    @Test
    void ofThisMachine() {
        EffectiveLimits own = new EffectiveLimits(LIBC, CgroupMembership.own(LIBC));
        assertThat(own.memory().outcome()).isNotEqualTo(LimitOutcome.UNREADABLE);
        assertThat(own.memory().bytes()).isLessThanOrEqualTo(MACHINE);
        assertThat(own.processors().outcome()).isNotEqualTo(LimitOutcome.UNREADABLE);
    }
}
