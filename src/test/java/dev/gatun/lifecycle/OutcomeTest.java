package dev.gatun.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutcomeTest {
    private static final ExitStatus ZERO = new ExitStatus.Code(0);
    private static final ExitStatus TERM = new ExitStatus.Signal(15, false);

    static Stream<Arguments> outcomes() {
        return Stream.of(
                Arguments.of(new Outcome.ExitedNormally(0), 0, "exit code 0"),
                Arguments.of(new Outcome.ExitedNormally(255), 255, "exit code 255"),
                Arguments.of(new Outcome.Signalled(11, true), 139, "ended by SIGSEGV (11), core dumped"),
                Arguments.of(new Outcome.Signalled(34, false), 162, "ended by signal 34"),
                Arguments.of(
                        new Outcome.OomKilled("oom_kill 0 -> 1"),
                        137,
                        "killed by the kernel, out of memory (oom_kill 0 -> 1)"),
                Arguments.of(
                        new Outcome.WatchdogKilled(9, 8, TERM),
                        143,
                        "stopped by the memory watchdog at 9 of 8 bytes (SIGTERM (15))"),
                Arguments.of(
                        new Outcome.WatchdogKilled(9, 8, ZERO),
                        137,
                        "stopped by the memory watchdog at 9 of 8 bytes (exit code 0)"),
                Arguments.of(new Outcome.ProbeFailed("503"), 1, "probe failed: 503"),
                Arguments.of(new Outcome.StartTimeout(Duration.ofSeconds(130)), 124, "not ready within 2 min 10 s"),
                Arguments.of(spawnFailed(SpawnFailure.Kind.NOT_FOUND), 127, "not started: execve(x): ENOT_FOUND"),
                Arguments.of(
                        spawnFailed(SpawnFailure.Kind.NOT_EXECUTABLE), 126, "not started: execve(x): ENOT_EXECUTABLE"),
                Arguments.of(spawnFailed(SpawnFailure.Kind.RESOURCE), 125, "not started: execve(x): ERESOURCE"),
                Arguments.of(spawnFailed(SpawnFailure.Kind.OTHER), 125, "not started: execve(x): EOTHER"),
                Arguments.of(new Outcome.LostByLauncher("gone"), 125, "lost by the launcher: gone"),
                Arguments.of(new Outcome.Stopped(ZERO, false), 0, "stopped: exit code 0"),
                Arguments.of(
                        new Outcome.Stopped(new ExitStatus.Signal(9, false), true),
                        137,
                        "stopped by force: SIGKILL (9)"));
    }

    private static Outcome spawnFailed(SpawnFailure.Kind kind) {
        return new Outcome.SpawnFailed(Script.failure(kind));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void hasExitCodeAndWords(Outcome outcome, int exitCode, String words) {
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.describe()).isEqualTo(words);
    }

    @Test
    void everyKindOfOutcomeIsTested() {
        assertThat(outcomes().map(row -> ((Outcome) row.get()[0]).kind()).distinct())
                .containsExactlyInAnyOrder(Outcome.Kind.values());
    }

    @ParameterizedTest
    @CsvSource({
        "2, ENOENT, true, NOT_FOUND", "20, ENOTDIR, true, NOT_FOUND", "13, EACCES, true, NOT_EXECUTABLE",
        "8, ENOEXEC, true, NOT_EXECUTABLE", "21, EISDIR, true, NOT_EXECUTABLE", "1, EPERM, true, NOT_EXECUTABLE",
        "2, ENOENT, false, OTHER", "1, EPERM, false, OTHER", "22, EINVAL, true, OTHER",
        "11, EAGAIN, false, RESOURCE", "12, ENOMEM, true, RESOURCE", "24, EMFILE, false, RESOURCE",
        "23, ENFILE, false, RESOURCE"
    })
    void spawnFailureKindFollowsErrno(int errno, String name, boolean exec, SpawnFailure.Kind kind) {
        assertThat(SpawnFailure.of("step", errno, name, exec)).isEqualTo(new SpawnFailure("step", errno, name, kind));
    }
}
