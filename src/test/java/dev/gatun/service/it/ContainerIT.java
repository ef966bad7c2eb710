package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.RunningGatun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service in a control group with a limit, as in a container. */
class ContainerIT {

    private static final long MIB = 1 << 20;

    /** What Gatun itself may hold of a limit; it is subtracted from what the service is promised. */
    private static final long MOST_FOR_THE_LAUNCHER = 100 * MIB;

    /** What {@code /proc} and {@code /sys/fs/cgroup} show of the group. */
    enum View {
        /** All of the machine's groups, as without a container. */
        HOST {
            @Override
            String[] words(ControlGroup group) {
                return new String[0];
            }
        },
        /** The group alone, under the path that it has outside: Docker with control groups of version 1. */
        BIND_MOUNT {
            @Override
            String[] words(ControlGroup group) {
                return inMounts("mount --bind '" + group.folder() + "' /sys/fs/cgroup/memory");
            }
        },
        /** A namespace in which the group is the root. */
        NAMESPACE {
            @Override
            String[] words(ControlGroup group) {
                List<String> words = new ArrayList<>(List.of("unshare", "--cgroup"));
                words.addAll(List.of(inMounts("umount /sys/fs/cgroup/memory"
                        + " && mount -t cgroup -o memory none /sys/fs/cgroup/memory")));
                return words.toArray(String[]::new);
            }
        };

        abstract String[] words(ControlGroup group);

        private static String[] inMounts(String script) {
            return new String[]{"unshare", "--mount", "sh", "-c", script + " && exec \"$@\"", "sh"};
        }
    }

    @TempDir
    private Path folder;

    private Dist show(String... lines) {
        Path script = TestPython.script(folder, "show.py");
        return Dist.command(folder, List.of(TestPython.interpreter(), script.toString(), "--end"), lines);
    }

    private static long reference(long limitBytes) {
        return (long) ((long) (limitBytes * 75.0 / 100) * (1 - 0.10));
    }

    private static void assertPromised(Shown shown, long limitBytes) {
        assertThat(shown.variable("CGROUP_LIMIT_BYTES")).contains(Long.toString(limitBytes));
        assertThat(shown.variable("MEMORY_MODE")).contains("cgroup-aware");
        assertThat(Long.parseLong(shown.variable("MEMORY_LIMIT_BYTES").orElseThrow()))
                .isBetween(reference(limitBytes) - MOST_FOR_THE_LAUNCHER, reference(limitBytes) - 1);
        assertThat(shown.variable("SLS_MEMORY_LIMIT_BYTES")).isEqualTo(shown.variable("MEMORY_LIMIT_BYTES"));
    }

    @ParameterizedTest
    @EnumSource
    void limitIsFound(View view) {
        try (ControlGroup group = ControlGroup.ofMemory(512 * MIB)) {
            Gatun run = show().service().with("CONTAINER", "").within(group.entering()).within(view.words(group));
            try (RunningGatun gatun = run.start()) {
                assertPromised(Shown.of(gatun), 512 * MIB);
                assertThat(gatun.await().code()).isZero();
            }
        }
    }

    /** Mounts from outside of its namespace do not tell which of their groups it is in. */
    @Test
    void limitThatCannotBeFoundIsNotTakenForNone() {
        try (ControlGroup group = ControlGroup.ofMemory(512 * MIB)) {
            String[] namespace = {"unshare", "--cgroup"};
            Gatun.Ended inContainer = show().service().with("CONTAINER", "")
                    .within(group.entering()).within(namespace).finish();
            assertThat(inContainer.code()).isEqualTo(1);
            assertThat(inContainer.err()).contains("memory limit");
            try (RunningGatun gatun = show().service().within(group.entering()).within(namespace).start()) {
                assertThat(Shown.of(gatun).variable("MEMORY_LIMIT_BYTES")).isEmpty();
                assertThat(gatun.await().code()).isZero();
            }
        }
    }

    @Test
    void smallestLimitOnTheWayUpCounts() {
        try (ControlGroup outer = ControlGroup.ofMemory(400 * MIB); ControlGroup inner = outer.child()) {
            try (RunningGatun gatun = show().service().within(inner.entering()).start()) {
                assertPromised(Shown.of(gatun), 400 * MIB);
                gatun.await();
            }
            inner.set("memory.limit_in_bytes", Long.toString(300 * MIB));
            try (RunningGatun gatun = show().service().within(inner.entering()).start()) {
                assertPromised(Shown.of(gatun), 300 * MIB);
                gatun.await();
            }
        }
    }

    @Test
    void groupIsNotLookedAtWhereThatIsSwitchedOff() {
        try (ControlGroup group = ControlGroup.ofMemory(300 * MIB)) {
            Gatun run = show("dangerousDisableContainerSupport: true").service().with("CONTAINER", "1");
            try (RunningGatun gatun = run.within(group.entering()).start()) {
                assertThat(Long.parseLong(Shown.of(gatun).variable("CGROUP_LIMIT_BYTES").orElseThrow()))
                        .isGreaterThan(300 * MIB);
                gatun.await();
            }
        }
    }

    private Dist hungry(String... lines) {
        List<String> all = new ArrayList<>(List.of("streams: {stdin: inherit}"));
        all.addAll(List.of(lines));
        Path script = TestPython.script(folder, "memory.py");
        return Dist.command(folder, List.of(TestPython.interpreter(), script.toString(), "calm"),
                all.toArray(String[]::new));
    }

    @Test
    void killByTheKernelIsToldAsSuch() {
        try (ControlGroup group = ControlGroup.ofMemory(256 * MIB)) {
            Dist dist = hungry("watchdog: {enabled: false}");
            try (RunningGatun gatun = dist.service().within(group.entering()).start()) {
                gatun.out().await("^ready pid");
                gatun.type("take 300");
                assertThat(gatun.await().code()).isEqualTo(137);
                assertThat(gatun.out().text()).containsIgnoringCase("out of memory");
            }
        }
    }

    @Test
    void killByAPersonIsNotTakenForThat() {
        try (ControlGroup group = ControlGroup.ofMemory(256 * MIB)) {
            try (RunningGatun gatun = hungry().service().within(group.entering()).start()) {
                long pid = Long.parseLong(gatun.out().await("^ready pid (\\d+)$").group(1));
                Kernel.kill(pid, Kernel.KILL);
                assertThat(gatun.await().code()).isEqualTo(137);
                assertThat(gatun.out().text()).doesNotContainIgnoringCase("out of memory");
            }
        }
    }

    @Test
    void watchdogIsFasterThanTheKernel() {
        try (ControlGroup group = ControlGroup.ofMemory(400 * MIB)) {
            Dist dist = hungry("watchdog: {pollIntervalSeconds: 0.1}");
            try (RunningGatun gatun = dist.service().within(group.entering()).start()) {
                gatun.out().await("^ready pid");
                // Beside what Gatun itself takes.
                gatun.type("take 250");
                gatun.out().await("^done take 250$");
                for (int more = 0; more < 14; more++) {
                    gatun.type("take 8");
                }
                assertThat(gatun.await().code()).isEqualTo(137);
                assertThat(gatun.out().text()).contains("told to end");
            }
        }
    }

    @Test
    void groupCanBeWatchedAsAWhole() {
        try (ControlGroup group = ControlGroup.ofMemory(400 * MIB)) {
            Dist dist = hungry("watchdog: {pollIntervalSeconds: 0.1, scope: cgroup, softLimitPercent: 40,"
                    + " hardLimitPercent: 60}");
            try (RunningGatun gatun = dist.service().within(group.entering()).start()) {
                gatun.out().await("^ready pid");
                gatun.type("child 230");
                assertThat(gatun.await().code()).isEqualTo(137);
                assertThat(gatun.out().text()).contains("HARD LIMIT EXCEEDED");
            }
        }
    }

    @Test
    void heapOfAJvmIsMadeToFit() {
        Dist dist = Example.JAVA.in(folder);
        try (ControlGroup group = ControlGroup.ofMemory(512 * MIB)) {
            try (RunningGatun gatun = dist.service().with("CONTAINER", "").within(group.entering()).start()) {
                List<String> words = Processes.words(dist.pidIn("var/run/hello-java.pid"));
                String size = Long.toString((long) (0.6 * 512 * MIB));
                assertThat(words).contains("-Xmx" + size, "-Xms" + size, "-XX:+ExitOnOutOfMemoryError")
                        .doesNotContain("-Xmx64m");
                Http.await(dist.port(8091), "/ready", 200);
                gatun.signal(Kernel.TERM);
                assertThat(gatun.await().code()).isEqualTo(143);
            }
        }
    }

    @Test
    void processorsGoByTheQuota() {
        try (ControlGroup group = ControlGroup.of("cpu").set("cpu.cfs_quota_us", "90000")) {
            try (RunningGatun gatun = show().service().within(group.entering()).start()) {
                Shown shown = Shown.of(gatun);
                assertThat(shown.variable("SERVICE_CPU_COUNT")).contains("1");
                assertThat(shown.variable("OMP_NUM_THREADS")).contains("1");
                gatun.await();
            }
        }
    }

    @Test
    void groupsOfVersion1AreEntered() {
        try (ControlGroup group = ControlGroup.of("memory")) {
            Dist dist = Dist.shell(folder, "cat /proc/self/cgroup", "cgroupsV1: {memory: " + group.path() + "}");
            Gatun.Ended ended = dist.service().finish();
            assertThat(ended.code()).as(ended.out()).isZero();
            assertThat(ended.out().lines()).anyMatch(line -> line.endsWith("memory:" + group.path()));
        }
    }
}
