package dev.gatun.service.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.service.instance.Presence;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that wait for nothing, and what is the same for all. */
class InitVerbsTest {

    @TempDir
    Path folder;

    private TestDist dist;

    @BeforeEach
    void open() {
        dist = new TestDist(folder);
    }

    @AfterEach
    void close() {
        dist.close();
    }

    @Test
    void statusIsZeroWhenAllRun() {
        dist.with("web", "").with("side", "");
        dist.writePid("web", Integer.toString(dist.run("sleep 1000")));
        dist.writePid("side", dist.run("sleep 1000") + "\n");
        assertThat(dist.verbs().status()).isZero();
        assertThat(dist.out).containsExactly("Running");
        assertThat(dist.err).isEmpty();
    }

    @Test
    void statusIsOneWhenOneIsMissingAndThereIsAPidFile() {
        dist.with("web", "").with("side", "");
        dist.writePid("web", dist.run("sleep 1000") + "\n");
        assertThat(dist.verbs().status()).isEqualTo(1);
        assertThat(dist.out).isEmpty();
        assertThat(dist.err).containsExactly(
                "Process dead but pidfile exists.", "side: not running: there is no " + dist.pidFile("side"));
    }

    @Test
    void statusIsOneForAStaleFile() {
        dist.with("web", "").writePid("web", "4194304\n");
        assertThat(dist.verbs().status()).isEqualTo(1);
        assertThat(dist.err).containsExactly("Process dead but pidfile exists.",
                "web: not running: process 4194304 of " + dist.pidFile("web") + " is gone");
        assertThat(dist.pidFile("web")).as("it only looks").exists();
    }

    @Test
    void statusIsThreeWithoutPidFiles() {
        assertThat(dist.with("web", "").verbs().status()).isEqualTo(3);
        assertThat(dist.err).containsExactly(
                "Service not running", "web: not running: there is no " + dist.pidFile("web"));
    }

    @Test
    void statusIsFourWhenItCannotBeTold() {
        dist.with("web", "").with("side", "").writePid("side", "abc");
        assertThat(dist.verbs().status()).isEqualTo(4);
        assertThat(dist.err).containsExactly("Failed to determine service status",
                "side: " + dist.pidFile("side") + ": found \"abc\", expected the number of a process");
    }

    @Test
    void statusOfOneThatIsOnItsWayIsNotRunning() {
        dist.with("web", "claim; echo >up; sleep 1000").withStartTimeout(java.time.Duration.ofMillis(1));
        dist.verbs().start();
        dist.awaitText("up");
        dist.err.clear();
        assertThat(dist.verbs().status()).isEqualTo(3);
        assertThat(dist.err).containsExactly("Service not running", "web: in the hands of launcher "
                + dist.launched.getFirst() + ", and not running itself");
    }

    @Test
    void aBadConfigurationFailsEachVerb() {
        dist.withBadConfiguration();
        assertThat(dist.verbs().start()).isEqualTo(1);
        assertThat(dist.verbs().stop()).isEqualTo(1);
        assertThat(dist.verbs().restart()).isEqualTo(1);
        assertThat(dist.verbs().console()).isEqualTo(1);
        assertThat(dist.verbs().check()).isEqualTo(1);
        assertThat(dist.err).hasSize(5).containsOnly("launcher-static.yml:1:1: found nothing");
        dist.err.clear();
        assertThat(dist.verbs().status()).isEqualTo(4);
        assertThat(dist.err)
                .containsExactly("Failed to determine service status", "launcher-static.yml:1:1: found nothing");
    }

    @Test
    void withoutAFolderForLogsNothingWorks() throws Exception {
        Files.writeString(folder.resolve("var"), "");
        dist.with("web", TestDist.SUPERVISE);
        assertThat(dist.verbs().start()).isEqualTo(4);
        assertThat(dist.verbs().stop()).isEqualTo(4);
        assertThat(dist.verbs().restart()).isEqualTo(4);
        assertThat(dist.verbs().check()).isEqualTo(4);
        assertThat(dist.err).containsOnly("cannot make the log folder: mkdir(" + folder
                + "/var/log): ENOTDIR (Not a directory)");
        assertThat(dist.verbs().status()).isEqualTo(4);
        assertThat(dist.launched).isEmpty();
    }

    @Test
    void aLogThatCannotBeMadeKeepsAllFromStarting() throws Exception {
        Files.createDirectories(dist.log("side-startup.log.new"));
        dist.with("web", TestDist.SUPERVISE).with("side", TestDist.SUPERVISE);
        assertThat(dist.verbs().start()).isEqualTo(4);
        assertThat(dist.err).hasSize(1);
        assertThat(dist.err.getFirst()).startsWith("cannot make the log: ");
        assertThat(dist.launched).isEmpty();
    }

    @Test
    void aCheckThatSucceedsIsHealthy() {
        dist.with("web", "").withCheck("echo looking; echo badly >&2; exit 0");
        assertThat(dist.verbs().check()).isZero();
        assertThat(dist.out).containsExactly("Healthy");
        assertThat(dist.log("web-check.log")).hasContent("looking\nbadly\n");
    }

    @Test
    void aCheckThatFailsIsUnhealthyWithItsExitCode() throws Exception {
        Files.createDirectories(dist.log(""));
        Files.writeString(dist.log("web-check.log"), "of before\n");
        dist.with("web", "").withCheck("echo bad; exit 7");
        assertThat(dist.verbs().check()).isEqualTo(7);
        assertThat(dist.withCheck("kill -9 $$").verbs().check()).isEqualTo(137);
        assertThat(dist.out).containsExactly("Unhealthy", "Unhealthy");
        assertThat(dist.log("web-check.log")).isEmptyFile();
    }

    @Test
    void aCheckThatCannotBeStartedFails() {
        assertThat(dist.with("web", "").withCheck("NO PROGRAM").verbs().check()).isEqualTo(1);
        assertThat(dist.err).containsExactly(
                "the check cannot be started: execve(/no/such/program): ENOENT (No such file or directory)");
    }

    @Test
    void theConsoleIsForOneThatDoesNotRun() {
        dist.with("web", "").writePid("web", dist.run("sleep 1000") + "\n");
        assertThat(dist.verbs().console()).isEqualTo(1);
        assertThat(dist.err).containsExactly("web: running as process " + dist.launched.getFirst());
        assertThat(dist.instance("web").look().kind()).isEqualTo(Presence.Kind.RUNNING);
        dist.err.clear();
        dist.writePid("web", "4194304");
        assertThat(dist.verbs().console()).isEqualTo(1);
        assertThat(dist.err).containsExactly("execve(/no/such/program): ENOENT");
    }
}
