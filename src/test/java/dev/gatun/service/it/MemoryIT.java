package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services that use more memory than they may. */
class MemoryIT {

    /** 170 MiB from here on a warning, 190 MiB and it is stopped. */
    private static final String FIXED = "memory: {mode: fixed, fixedLimitBytes: 200Mi}";
    private static final String WATCHDOG =
            "watchdog: {pollIntervalSeconds: 0.1, gracePeriodSeconds: 20, softLimitPercent: 85, hardLimitPercent: 95%s}";

    @TempDir
    private Path folder;

    /** A service that does with memory what it is told on standard input. */
    private Dist dist(String temper, String watchdog, String... lines) {
        List<String> all = new ArrayList<>(List.of("streams: {stdin: inherit}", FIXED, WATCHDOG.formatted(watchdog)));
        all.addAll(List.of(lines));
        Path script = TestPython.script(folder, "memory.py");
        return Dist.command(folder, List.of(TestPython.interpreter(), script.toString(), temper),
                all.toArray(String[]::new));
    }

    private static void command(RunningGatun gatun, String line) {
        gatun.type(line);
        gatun.out().await("^done " + line + "$");
    }

    @Test
    void hogOfTheExamplesIsStopped() {
        Gatun.Ended ended = Dist.example(folder, "memory-hog")
                .edit(Dist.STATIC, "pollIntervalSeconds: 1", "pollIntervalSeconds: 0.1").service().finish();
        assertThat(ended.code()).isEqualTo(128 + Kernel.TERM);
        assertThat(ended.out()).contains("[watchdog]").contains("SOFT WARNING").contains("HARD LIMIT EXCEEDED");
    }

    @Test
    void whoEndsWithZeroOnTermIsStillNoSuccess() {
        try (RunningGatun gatun = dist("calm", "").service().start()) {
            gatun.out().await("^ready pid");
            gatun.type("take 250");
            assertThat(gatun.await().code()).isEqualTo(137);
            assertThat(gatun.out().text()).contains("told to end").contains("HARD LIMIT EXCEEDED");
        }
    }

    @Test
    void whoTakesNoNoticeIsKilledAfterTheGrace() {
        Dist dist = dist("stubborn", "").edit(Dist.STATIC, "gracePeriodSeconds: 20", "gracePeriodSeconds: 0.5");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^ready pid");
            gatun.type("take 250");
            assertThat(gatun.await().code()).isEqualTo(137);
            assertThat(gatun.out().text()).contains("told to end, and staying");
        }
    }

    @Test
    void memoryOfChildrenCounts() {
        try (RunningGatun gatun = dist("calm", "").service().start()) {
            gatun.out().await("^ready pid");
            command(gatun, "child 110");
            gatun.out().await("child has it");
            command(gatun, "child 110");
            assertThat(gatun.await().code()).isEqualTo(137);
            assertThat(gatun.out().text()).contains("HARD LIMIT EXCEEDED");
        }
    }

    @Test
    void memoryOfChildrenDoesNotCountWhereTheProcessAloneDoes() {
        try (RunningGatun gatun = dist("calm", ", scope: process").service().start()) {
            gatun.out().await("^ready pid");
            command(gatun, "child 250");
            gatun.out().await("child has it");
            // What the watchdog has not seen by the time it sees this, it does not count.
            command(gatun, "take 172");
            gatun.out().await("SOFT WARNING");
            gatun.type("end 4");
            assertThat(gatun.await().code()).isEqualTo(4);
        }
    }

    @Test
    void warningIsTakenBack() {
        try (RunningGatun gatun = dist("calm", "").service().start()) {
            gatun.out().await("^ready pid");
            command(gatun, "take 165");
            gatun.out().await("SOFT WARNING");
            command(gatun, "drop");
            gatun.out().await("RSS recovered");
            gatun.type("end 0");
            assertThat(gatun.await().code()).isZero();
            assertThat(gatun.out().text()).doesNotContain("HARD LIMIT");
        }
    }

    @Test
    void gunicornCountsAsATree() {
        Dist dist = Example.GUNICORN.in(folder);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8087), "/ready", 200);
            // Either worker may answer: neither gets as far as the limit alone.
            for (int request = 0; request < 4; request++) {
                Http.tryGet(dist.port(8086), "/hold?64");
            }
            assertThat(gatun.await().code()).isEqualTo(137);
            assertThat(gatun.out().text()).contains("HARD LIMIT EXCEEDED");
        }
    }

    @Test
    void restartIsAnotherThingToDo() {
        Dist dist = dist("calm", ", action: restart",
                "restart: {policy: on-failure, backoffMinSeconds: 0.05, backoffMaxSeconds: 0.1}");
        try (RunningGatun gatun = dist.service().start()) {
            String first = gatun.out().await("^ready pid (\\d+)").group(1);
            gatun.type("take 250");
            String second = gatun.out().await("^ready pid (?!" + first + "$)(\\d+)").group(1);
            Await.until("its pid in the file", () -> dist.pidIn("var/run/made-up.pid") == Long.parseLong(second));
            gatun.type("end 0");
            assertThat(gatun.await().code()).isZero();
        }
    }

    @Test
    void dumpIsTakenFirst() {
        String log = folder.resolve("dump").toString();
        Dist dist = dist("calm",
                ", action: dump, dump: {kind: command, command: [/bin/sh, -c, 'grep VmRSS /proc/{{PID}}/status > "
                        + log + ".new; mv " + log + ".new " + log + "']}");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^ready pid");
            gatun.type("take 250");
            assertThat(gatun.await().code()).isEqualTo(137);
            assertThat(Path.of(log)).content().contains("VmRSS");
        }
    }

    @Test
    void heapOfAJvmIsDumped() throws IOException {
        Dist dist = Example.JAVA.in(folder).append(Dist.STATIC,
                "memory: {mode: fixed, fixedLimitBytes: 16Mi}",
                "watchdog: {enabled: true, pollIntervalSeconds: 0.2, action: dump}");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).as(ended.out()).isEqualTo(143);
        try (var files = Files.list(dist.path("var/log"))) {
            assertThat(files.map(file -> file.getFileName().toString())).anyMatch(name -> name.endsWith(".hprof"));
        }
    }

    @Test
    void nothingIsWatchedWhereTheWatchdogIsOff() {
        try (RunningGatun gatun = dist("calm", ", enabled: false").service().start()) {
            gatun.out().await("^ready pid");
            command(gatun, "take 250");
            gatun.type("end 0");
            assertThat(gatun.await().code()).isZero();
            assertThat(gatun.out().text()).doesNotContain("HARD LIMIT");
        }
    }

    @Test
    void terminationMessageTellsWhy() throws Exception {
        Path message = Files.createFile(folder.resolve("termination-log"));
        Dist dist = dist("calm", "", "terminationMessagePath: " + message);
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^ready pid");
            gatun.type("take 250");
            assertThat(gatun.await().code()).isEqualTo(137);
        }
        assertThat(message).content().contains("memory");
    }

    /** Nobody is signalled when it is all over, and the pid of a service that has ended is not looked at. */
    @Test
    void serviceThatEndsByItselfNearTheLimitIsJudgedByItsOwnCode() {
        try (RunningGatun gatun = dist("calm", "").service().start()) {
            long pid = Long.parseLong(gatun.out().await("^ready pid (\\d+)").group(1));
            command(gatun, "take 165");
            gatun.out().await("SOFT WARNING");
            gatun.type("end 5");
            assertThat(gatun.await().code()).isEqualTo(5);
            Await.until("the end", () -> !Processes.isAlive(pid));
        }
    }
}
