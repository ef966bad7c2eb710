package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Who runs, as the pid file has it: {@code --status}, {@code --check}, and the next start. */
class InstanceIT {

    private static final String PID_FILE = "var/run/made-up.pid";

    @TempDir
    private Path folder;

    private Dist sleeper() {
        return Dist.command(folder, List.of("/usr/bin/timeout", "3600", "sh", "-c", "echo here; exec sleep 3600"));
    }

    @Test
    void pidFileHasThePidOfTheServiceAndNoMore() {
        Dist dist = sleeper();
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            long pid = dist.pidIn(PID_FILE);
            assertThat(Processes.children(gatun.pid())).containsExactly(pid);
            assertThat(dist.read(PID_FILE)).isEqualTo(pid + "\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--status", "--mode=status"})
    void statusTellsOfARunningService(String option) {
        Dist dist = sleeper();
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            long pid = dist.pidIn(PID_FILE);
            Gatun.Ended status = dist.service(option).finish();
            assertThat(status.code()).as(status.err()).isZero();
            assertThat(status.out()).contains(Long.toString(pid));
        }
    }

    @Test
    void statusWithoutAPidFile() {
        Gatun.Ended status = sleeper().service("--status").finish();
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.err()).contains("not running");
        assertThat(status.out()).isEmpty();
    }

    @Test
    void statusWithAPidFileOfThePast() {
        Dist dist = sleeper().write(PID_FILE, Long.toString(deadPid()));
        Gatun.Ended status = dist.service("--status").finish();
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.err()).contains("not running");
        assertThat(dist.has(PID_FILE)).as("the stale pid file").isFalse();
    }

    @Test
    void statusWithRubbish() {
        Dist dist = sleeper().write(PID_FILE, "rubbish");
        Gatun.Ended status = dist.service("--status").finish();
        assertThat(status.code()).isEqualTo(1);
        assertThat(status.err()).contains("not running");
    }

    /** Pids come round again: whoever has it now is not the service. */
    @Test
    void statusWithAPidOfSomebodyElse() {
        Dist dist = sleeper().write(PID_FILE, Long.toString(Kernel.ownPid()));
        assertThat(dist.service("--status").finish().code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stale", "somebody else's"})
    void startOverAPidFileThatMeansNothing(String what) {
        long pid = what.equals("stale") ? deadPid() : Kernel.ownPid();
        Dist dist = Dist.command(folder, List.of("/usr/bin/timeout", "3600", "sh", "-c", "exit 3"))
                .write(PID_FILE, pid + "\n");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).as(ended.err()).isEqualTo(3);
        assertThat(dist.has(PID_FILE)).isFalse();
    }

    private static long deadPid() {
        try {
            Process process = new ProcessBuilder("true").start();
            process.waitFor();
            return process.pid();
        } catch (java.io.IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void checkRunsBesideTheService() {
        Dist dist = Example.HELLO.in(folder);
        // None of it is for the check.
        dist.write(Dist.CUSTOM, "configType: python", "configVersion: 1", "args: [more]");
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8081), "/ready", 200);
            String pidFile = dist.read("var/run/hello.pid");
            Gatun.Ended check = dist.service("--check").finish();
            assertThat(check.code()).as(check.out() + check.err()).isZero();
            assertThat(check.out()).contains("check: answered with 200");
            assertThat(dist.read("var/run/hello.pid")).isEqualTo(pidFile);
            assertThat(Http.get(dist.port(8081), "/ready").status()).isEqualTo(200);
            assertThat(gatun.hasEnded()).isFalse();
        }
    }

    @Test
    void checkOfAServiceThatDoesNotRunFails() {
        Dist dist = Example.HELLO.in(folder);
        Gatun.Ended check = dist.service("--check").finish();
        assertThat(check.code()).isEqualTo(1);
        assertThat(dist.has("var/run/hello.pid")).isFalse();
    }

    @Test
    void checkOfAJavaService() {
        Dist dist = Example.JAVA.in(folder);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8091), "/ready", 200);
            Gatun.Ended check = dist.service("--mode", "check").finish();
            assertThat(check.code()).as(check.out() + check.err()).isZero();
            assertThat(gatun.hasEnded()).isFalse();
        }
    }

    @Test
    void checkWithoutItsFile() {
        Gatun.Ended check = sleeper().service("--check").finish();
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.err()).contains("launcher-check.yml");
    }

    @Test
    void twoServicesOfOneDistributionByTheirNames() {
        Dist dist = sleeper();
        try (RunningGatun one = dist.service("--service-name", "one").start();
                RunningGatun two = dist.service("--service-name=two", "--service-version", "9").start()) {
            one.out().await("^here$");
            two.out().await("^here$");
            assertThat(dist.pidIn("var/run/one.pid")).isNotEqualTo(dist.pidIn("var/run/two.pid"));
            assertThat(Processes.environment(dist.pidIn("var/run/two.pid")))
                    .contains("SERVICE_NAME=two", "SERVICE_VERSION=9");
        }
    }

    @Test
    void pidFileOfALauncherThatWasKilledDoesNotStandInTheWay() {
        Dist dist = Dist.shell(folder, "echo here; exec sleep 3600");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            dist.pidIn(PID_FILE);
            gatun.signal(Kernel.KILL);
            assertThat(gatun.awaitCode()).isEqualTo(137);
            Await.until("nothing left", () -> gatun.processes().isEmpty());
        }
        assertThat(dist.has(PID_FILE)).isTrue();
        assertThat(dist.service("--status").finish().code()).isEqualTo(1);
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
        }
    }

    @Test
    void ofSeveralThatStartAtOnceOneWins() {
        Dist dist = Dist.command(folder, List.of("/bin/sleep", "3600"));
        List<RunningGatun> all = new ArrayList<>();
        try {
            for (int number = 0; number < 4; number++) {
                all.add(dist.service().start());
            }
            Await.until("the end of all but one", () -> all.stream().filter(RunningGatun::hasEnded).count() == 3);
            RunningGatun winner = all.stream().filter(gatun -> !gatun.hasEnded()).findFirst().orElseThrow();
            for (RunningGatun gatun : all) {
                if (gatun != winner) {
                    assertThat(gatun.await().code()).isEqualTo(1);
                    assertThat(gatun.err().text()).contains("made-up.pid");
                }
            }
            assertThat(Processes.children(winner.pid())).containsExactly(dist.pidIn(PID_FILE));
            winner.signal(Kernel.TERM);
            assertThat(winner.await().code()).isEqualTo(143);
        } finally {
            all.forEach(RunningGatun::close);
        }
    }
}
