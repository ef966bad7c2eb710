package dev.gatun.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor on this machine, healthy and with something taken away. */
class DoctorTest {

    private static Report examine(Libc libc) {
        return new Doctor(libc).examine();
    }

    private static Finding find(Report report, String group, String name) {
        return report.groups().stream()
                .filter(candidate -> candidate.name().equals(group))
                .flatMap(candidate -> candidate.findings().stream())
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void machineThatRunsTheseTestsIsHealthy() {
        Report report = examine(new SystemLibc());
        assertThat(report.isHealthy()).as(TextReport.of(report)).isTrue();
        assertThat(find(report, "kernel", "pidfd_open").status()).isEqualTo(Status.OK);
        assertThat(find(report, "spawn", "true").value()).contains("µs");
    }

    /** Programs look for them: a name that goes must go on purpose. */
    @Test
    void namesStay() {
        Map<String, List<String>> names = examine(new SystemLibc()).groups().stream()
                .collect(Collectors.toMap(Report.Group::name, group -> group.findings().stream()
                        .map(Finding::name)
                        .toList()));
        assertThat(names)
                .containsEntry("kernel", List.of(
                        "architecture", "release", "pidfd_open", "pidfd_send_signal", "waitid_pidfd", "close_range",
                        "child_subreaper", "event_descriptors", "executable_memory", "pressure_memory", "pressure_cpu",
                        "pressure_io"))
                .containsEntry("signals", List.of("mask", "suspend_signal", "ignored"))
                .containsEntry("process", List.of("pid", "proc", "null", "terminal"))
                .containsEntry("cgroup", List.of(
                        "layout", "memory_path", "memory_limit", "cpu_path", "cpu_limit", "pids_path", "pids_limit"))
                .containsEntry("limits", List.of("nofile", "nproc", "core", "memlock"))
                .containsEntry("privileges", List.of("user", "capabilities", "bounding_set", "no_new_privs", "seccomp"))
                .containsEntry("java", List.of(
                        "version", "home", "options", "aot_cache", "heap", "processors", "encoding"))
                .containsEntry("spawn", List.of("true"))
                .hasSize(8);
    }

    @Test
    void everyLineSaysWhatItMeans() {
        for (Report.Group group : examine(new SystemLibc()).groups()) {
            for (Finding finding : group.findings()) {
                assertThat(finding.value()).as(finding.name()).isNotBlank();
                assertThat(finding.meaning()).as(finding.name()).isNotBlank().doesNotEndWith(".");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pidfd_open, pidfd_open", "pidfd_send_signal, pidfd_send_signal", "close_range, close_range",
        "epoll_create1, event_descriptors", "signalfd, event_descriptors", "mprotect, executable_memory"
    })
    void withoutAnEssentialCallItIsNotHealthy(String call, String finding) {
        Report report = examine(Libcs.answering(Map.of(call, (long) -Errno.ENOSYS)));
        assertThat(report.isHealthy()).isFalse();
        Finding missing = find(report, "kernel", finding);
        assertThat(missing.status()).isEqualTo(Status.MISSING);
        assertThat(missing.essential()).isTrue();
        assertThat(missing.value()).contains(call + "(").contains("ENOSYS (Function not implemented)");
    }

    @ParameterizedTest
    @CsvSource({"waitid, waitid_pidfd", "prctl, child_subreaper"})
    void withoutAUsefulCallItIsHealthyAllTheSame(String call, String finding) {
        Report report = examine(Libcs.answering(Map.of(call, (long) -Errno.EINVAL)));
        assertThat(find(report, "kernel", finding).status()).isEqualTo(Status.MISSING);
        assertThat(report.isHealthy()).isTrue();
    }

    @Test
    void spawnThatFailsIsFatal() {
        Report report = examine(Libcs.answering(Map.of("walk_tape", (long) -Errno.EAGAIN)));
        assertThat(find(report, "spawn", "true").value()).startsWith("clone(").contains("EAGAIN");
        assertThat(report.isHealthy()).isFalse();
    }

    @Test
    void checkThatBreaksDoesNotStopTheOthers() {
        Report report = examine(Libcs.answering(Map.of("prlimit", (long) -Errno.EPERM)));
        assertThat(find(report, "limits", "nofile"))
                .isEqualTo(Finding.warning(
                        "nofile",
                        "unknown",
                        "it could not be looked at: getrlimit(RLIMIT_NOFILE): EPERM (Operation not permitted)"));
        assertThat(report.isHealthy()).isTrue();
    }

    @Test
    void leavesNoDescriptorAndNoChildBehind() {
        examine(new SystemLibc());
        Set<String> before = descriptors();
        examine(new SystemLibc());
        assertThat(descriptors()).isEqualTo(before);
        assertThat(ProcessHandle.current().children()
                .filter(child -> child.info().command().orElse("").contains("true")))
                .isEmpty();
    }

    private static Set<String> descriptors() {
        return Set.of(new java.io.File("/proc/self/fd").list());
    }
}
