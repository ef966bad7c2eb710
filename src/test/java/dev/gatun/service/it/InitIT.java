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

/** {@code gatun init}: a service in the background, as an init script has it. */
class InitIT {

    private static final String PID_FILE = "var/run/made-up.pid";

    @TempDir
    private Path folder;

    private static Gatun init(Dist dist, String... words) {
        List<String> all = new ArrayList<>(List.of("init"));
        all.addAll(List.of(words));
        all.addAll(List.of("--dist-root", dist.root().toString()));
        return Environment.neutral(Gatun.of(all.toArray(String[]::new)), dist.root());
    }

    private static int code(Dist dist, String... words) {
        return init(dist, words).finish().code();
    }

    /** Starts it; closing what is returned ends whatever a test leaves running. */
    private static RunningGatun start(Dist dist, String... words) {
        RunningGatun start = init(dist, words).leavesSome().start();
        assertThat(start.awaitCode()).as("exit code of start, which said: %s", start.err().text()).isZero();
        return start;
    }

    @Test
    void startStatusStop() {
        Dist dist = Dist.shell(folder, "echo here; exec sleep 3600");
        assertThat(code(dist, "status")).as("before").isEqualTo(3);
        assertThat(code(dist, "stop")).as("of nothing").isZero();
        try (RunningGatun left = start(dist, "start")) {
            long pid = dist.pidIn(PID_FILE);
            assertThat(Processes.isAlive(pid)).isTrue();
            Await.until("the output in the log", () -> dist.read("var/log/startup.log").contains("here\n"));

            Gatun.Ended status = init(dist, "status").finish();
            assertThat(status.code()).isZero();
            assertThat(status.out()).isEqualTo("Running\n");
            assertThat(dist.service("--status").finish().code()).isZero();

            assertThat(code(dist, "start")).as("a second start").isZero();
            assertThat(dist.pidIn(PID_FILE)).isEqualTo(pid);

            try (RunningGatun other = start(dist, "restart")) {
                assertThat(left.processes()).isEmpty();
                long next = dist.pidIn(PID_FILE);
                assertThat(next).isNotEqualTo(pid);
                assertThat(Processes.isAlive(next)).isTrue();

                assertThat(code(dist, "stop")).isZero();
                assertThat(other.processes()).isEmpty();
            }
        }
        assertThat(dist.path("var/run")).isEmptyDirectory();
        assertThat(code(dist, "status")).as("after").isEqualTo(3);
    }

    @Test
    void statusOfOneThatHasDied() {
        Dist dist = Dist.shell(folder, "exec sleep 3600");
        try (RunningGatun left = start(dist, "start")) {
            for (long pid : left.processes()) {
                Kernel.kill(pid, Kernel.KILL);
            }
            Await.until("its end", () -> left.processes().isEmpty());
            assertThat(code(dist, "status")).isEqualTo(1);
            try (RunningGatun other = start(dist, "start")) {
                assertThat(code(dist, "status")).isZero();
                assertThat(code(dist, "stop")).isZero();
                assertThat(other.processes()).isEmpty();
            }
        }
    }

    @Test
    void statusOfWhatCannotBeTold() {
        assertThat(code(Dist.of(folder, "configVersion: {"), "status")).isEqualTo(4);
    }

    @Test
    void stopKillsTheWholeTreeAfterItsTimeout() {
        Dist dist =
                Dist.shell(folder, "trap '' TERM; echo up > var/up; setsid sleep 3600 & while :; do sleep 0.1; done");
        try (RunningGatun left = start(dist, "start")) {
            Await.until("its start", () -> dist.has("var/up"));
            assertThat(code(dist, "stop", "--stop-timeout", "1s")).isZero();
            assertThat(left.processes()).isEmpty();
        }
    }

    @Test
    void logOfTheLastStartIsPutAside() {
        Dist dist = Dist.shell(folder, "echo $RUN; exec sleep 3600");
        for (int run = 1; run <= 3; run++) {
            try (RunningGatun left = init(dist, "start").with("RUN", "run " + run).leavesSome().start()) {
                assertThat(left.awaitCode()).isZero();
                String words = "run " + run + "\n";
                Await.until("its words", () -> dist.read("var/log/startup.log").contains(words));
                assertThat(code(dist, "stop")).isZero();
            }
        }
        assertThat(dist.read("var/log/startup.log.0")).contains("run 2\n");
        assertThat(dist.read("var/log/startup.log.1")).contains("run 1\n");
    }

    @Test
    void startOfWhatCannotBeStarted() {
        Dist dist = Dist.of(folder, "configType: python", "configVersion: 1", "launchMode: command",
                "executable: service/bin/none").manifest("made-up", "1");
        assertThat(code(dist, "start")).isEqualTo(1);
        assertThat(dist.has(PID_FILE)).isFalse();
    }

    @Test
    void console() {
        Dist dist = Dist.shell(folder, "echo here; exec sleep 3600");
        try (RunningGatun gatun = init(dist, "console").start()) {
            gatun.out().await("^here$");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
        }
    }

    @Test
    void check() {
        Dist dist = Example.HELLO.in(folder);
        assertThat(code(dist, "check")).as("of nothing").isEqualTo(1);
        try (RunningGatun left = start(dist, "start")) {
            Http.await(dist.port(8081), "/ready", 200);
            assertThat(code(dist, "check")).isZero();
            assertThat(code(dist, "stop")).isZero();
            assertThat(left.processes()).isEmpty();
        }
    }
}
