package dev.gatun.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Capability;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single groups of checks on machines that are files of this test. */
class ChecksTest {

    @TempDir
    private Path root;

    private Libc machine() {
        return Libcs.rooted(root, "/proc", "/sys", "/opt/gatun");
    }

    private void write(String path, String content) {
        Libcs.write(root, path, content);
    }

    private static Finding find(Checks checks, String name) {
        return checks.group().findings().stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @AfterEach
    void forgetHome() {
        System.clearProperty("gatun.home");
    }

    @Test
    void cgroupLimitIsTheSmallestOnTheWayUp() {
        write("/proc/self/cgroup", "0::/a/b\n");
        write("/proc/self/mountinfo", "29 23 0:26 / /sys/fs/cgroup rw,relatime - cgroup2 cgroup2 rw\n");
        write("/sys/fs/cgroup/a/b/cgroup.procs", "");
        write("/sys/fs/cgroup/a/b/memory.max", "1073741824\n");
        write("/sys/fs/cgroup/a/memory.max", "536870912\n");
        write("/sys/fs/cgroup/a/b/cpu.max", "150000 100000\n");
        write("/sys/fs/cgroup/a/cpu.max", "max 100000\n");
        write("/sys/fs/cgroup/a/b/pids.max", "max\n");
        Report.Group group = new CgroupChecks(machine()).group();
        assertThat(group.findings()).extracting(Finding::value).containsExactly(
                "version 2", "/sys/fs/cgroup/a/b", "512 MiB", "/sys/fs/cgroup/a/b", "1.5 processors",
                "/sys/fs/cgroup/a/b",
                "none");
        assertThat(group.findings().get(2).meaning()).contains("set above it, by /sys/fs/cgroup/a");
        assertThat(group.findings().get(4).meaning()).contains("its own");
    }

    @Test
    void withoutCgroupsNothingIsFatal() {
        Report.Group group = new CgroupChecks(machine()).group();
        assertThat(group.findings().getFirst().status()).isEqualTo(Status.MISSING);
        assertThat(new Report(List.of(group)).isHealthy()).isTrue();
    }

    @Test
    void withoutProcItCannotWork() {
        assertThat(find(new ProcessChecks(machine()), "proc").isFatal()).isTrue();
        assertThat(find(new SignalChecks(machine()), "suspend_signal").status()).isEqualTo(Status.WARNING);
    }

    @Test
    void suspendSignalIsReadFromWhatIsCaught() {
        write("/proc/self/status", "Name:\tjava\nSigIgn:\t0000000000001001\nSigCgt:\t0000000000000800\n");
        assertThat(find(new SignalChecks(machine()), "suspend_signal").value()).isEqualTo("SIGUSR2 is the JVM's");
        assertThat(find(new SignalChecks(machine()), "ignored").value()).as("without SIGPIPE").isEqualTo("SIGHUP");
        write("/proc/self/status", "Name:\tjava\nSigIgn:\t0000000000001000\nSigCgt:\t0000000000008000\n");
        assertThat(find(new SignalChecks(machine()), "suspend_signal").value()).isEqualTo("moved");
        assertThat(find(new SignalChecks(machine()), "ignored").value()).isEqualTo("none");
    }

    /** The JVM of the tests has none of its signals blocked. */
    @Test
    void maskOfAnOrdinaryJvmIsAWarning() {
        assertThat(find(new SignalChecks(new SystemLibc()), "mask").status()).isEqualTo(Status.WARNING);
    }

    @Test
    void privilegesByName() {
        write("/proc/self/status", """
                CapEff:	0000000000000420
                CapBnd:	000001ffffffffff
                NoNewPrivs:	1
                """);
        PrivilegeChecks checks = new PrivilegeChecks(machine());
        Report.Group group = checks.group();
        assertThat(group.findings().get(1).value()).isEqualTo("KILL NET_BIND_SERVICE");
        assertThat(group.findings().get(2).value()).isEqualTo("all");
        assertThat(group.findings().get(3).value()).isEqualTo("set");
        List<Capability> most = new ArrayList<>(List.of(Capability.values()));
        most.remove(Capability.SYS_RESOURCE);
        assertThat(PrivilegeChecks.text(most)).isEqualTo("all but SYS_RESOURCE");
        assertThat(PrivilegeChecks.text(List.of())).isEqualTo("none");
    }

    @Test
    void cacheInUseIsMapped() {
        write("/proc/self/maps", "800001000-8004a3000 rw-p 00001000 fe:00 10002499   /opt/gatun/lib/run.aot\n");
        Finding cache =
                find(new JavaChecks(machine(), List.of("-Xrs", "-XX:AOTCache=/opt/gatun/lib/run.aot")), "aot_cache");
        assertThat(cache.status()).isEqualTo(Status.OK);
        assertThat(cache.value()).isEqualTo("/opt/gatun/lib/run.aot");
    }

    @Test
    void cacheThatWasRefusedIsNot() {
        write("/proc/self/maps", "800001000-8004a3000 rw-p 00001000 fe:00 10002499   /opt/gatun/lib/gatun.jar\n");
        Finding cache = find(new JavaChecks(machine(), List.of("-XX:AOTCache=/opt/gatun/lib/run.aot")), "aot_cache");
        assertThat(cache.status()).isEqualTo(Status.WARNING);
        assertThat(cache.value()).isEqualTo("refused by the JVM");
    }

    @Test
    void reasonWhyThereIsNoCache() {
        JavaChecks checks = new JavaChecks(machine(), List.of());
        assertThat(find(checks, "aot_cache").meaning()).endsWith("it was not started by bin/gatun");
        System.setProperty("gatun.home", "/opt/gatun");
        assertThat(find(new JavaChecks(machine(), List.of()), "aot_cache").meaning())
                .endsWith("there is no cache in /opt/gatun/lib");
        write("/opt/gatun/lib/run.aot.jdk", "\"25.0.3\" \"25.0.3+9-LTS\" \"Eclipse Adoptium\"\n");
        assertThat(find(new JavaChecks(machine(), List.of()), "aot_cache").meaning())
                .endsWith("made by Java 25.0.3 25.0.3+9-LTS Eclipse Adoptium, and only that one can use it");
    }

    @Test
    void optionsAreThoseThatMatter() {
        List<String> options = List.of("-Xrs", "-Xmx16m", "-Dgatun.home=/x", "-Xlog:disable", "-XX:AOTCache=/x");
        assertThat(find(new JavaChecks(machine(), options), "options").value()).isEqualTo("-Xrs -Xmx16m");
    }
}
