package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.RunningGatun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes beside the service. */
class SidecarsIT {

    @TempDir
    private Path folder;

    @Test
    void ofTheExamples() {
        Dist dist =
                Dist.example(folder, "sidecars").edit(Dist.STATIC, "\"--seconds\", \"5\"", "\"--seconds\", \"0.1\"");
        try (RunningGatun gatun = dist.service().start()) {
            String main = gatun.out().await("^main: here as pid (\\d+)$").group(1);
            String cache = gatun.out().await("^cache: here as pid (\\d+)$").group(1);
            // It comes again and again.
            gatun.out().await("shipper: had enough(?s:.*)shipper: here(?s:.*)shipper: had enough");
            assertThat(Processes.environment(Long.parseLong(cache))).contains("SERVICE_NAME=with-company");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
            assertThat(gatun.out().text()).containsSubsequence("main: told to end", "cache: told to end");
            assertThat(Processes.isAlive(Long.parseLong(main))).isFalse();
        }
    }

    @Test
    void firstOnesComeFirst() {
        Dist dist = Dist.example(folder, "sidecars");
        try (RunningGatun gatun = dist.service().start()) {
            long main = Long.parseLong(gatun.out().await("^main: here as pid (\\d+)$").group(1));
            long cache = Long.parseLong(gatun.out().await("^cache: here as pid (\\d+)$").group(1));
            long shipper = Long.parseLong(gatun.out().await("^shipper: here as pid (\\d+)$").group(1));
            assertThat(Processes.startTime(cache)).isLessThanOrEqualTo(Processes.startTime(main));
            assertThat(Processes.startTime(main)).isLessThanOrEqualTo(Processes.startTime(shipper));
            assertThat(Processes.children(gatun.pid())).containsExactlyInAnyOrder(main, cache, shipper);
        }
    }

    @Test
    void whoDoesNotEndOnTermIsKilled() {
        Dist dist = Dist.shell(folder, "until [ -e var/over ]; do sleep 0.05; done; exit 3",
                "stopTimeoutSeconds: 0.5",
                "subProcesses:",
                "  beside:",
                "    launchMode: command",
                "    executable: /bin/sh",
                "    args: [-c, \"trap 'echo told' TERM; echo beside; while :; do sleep 0.05; done\"]");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^beside$");
            dist.write("var/over", "");
            assertThat(gatun.await().code()).isEqualTo(3);
            assertThat(gatun.out().lines()).contains("told");
        }
    }

    @Test
    void oneThatCannotBeStartedKeepsNobodyFromIt() {
        Dist dist = Dist.shell(folder, "until [ -e var/other ]; do sleep 0.05; done; exit 3",
                "subProcesses:",
                "- {name: none, launchMode: command, executable: service/bin/none}",
                "- {name: other, launchMode: command, executable: /usr/bin/touch, args: [var/other]}")
                .write("service/bin/none", "#!/no/such/interpreter");
        assertThat(dist.path("service/bin/none").toFile().setExecutable(true)).isTrue();
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(3);
        assertThat(ended.out()).containsPattern("sub-process none .*ENOENT");
    }

    @Test
    void oneThatEndsIsReportedAndNotTheEndOfTheService() {
        Dist dist = Dist.shell(folder, "echo here; exec sleep 3600",
                "subProcesses: {short: {launchMode: command, executable: /bin/sh, args: [-c, exit 41]}}");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            gatun.out().await("sub-process short .*41");
            assertThat(gatun.hasEnded()).isFalse();
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
        }
    }

    /** Else whoever starts it anew by itself would wait for a launcher that has no mind to. */
    @Test
    void oneThatIsOverHasNoPidFileAnyMore() {
        Dist dist = Dist.shell(folder, "echo here; exec sleep 3600",
                "subProcesses: {short: {launchMode: command, executable: /bin/sh, args: [-c, exit 0]}}");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            gatun.out().await("sub-process short exited");
            Await.until("the end of its pid file", () -> !dist.path("var/run/short.pid.info").toFile().exists());
            assertThat(dist.path("var/run/made-up.pid.info")).exists();
        }
    }

    @Test
    void theyGetNoSignalsOfAPythonService() {
        Dist dist = Dist.shell(folder, "trap 'echo main got it' HUP; echo here; while :; do sleep 0.05; done",
                "subProcesses:",
                "- name: beside",
                "  launchMode: command",
                "  executable: /bin/sh",
                "  args: [-c, \"trap 'echo beside got it' HUP; echo beside; while :; do sleep 0.05; done\"]");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            gatun.out().await("^beside$");
            gatun.signal(Kernel.HUP);
            gatun.out().await("^main got it$");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
            assertThat(gatun.out().text()).doesNotContain("beside got it");
        }
    }

    @Test
    void theyEndWithAServiceThatIsKilled() {
        Dist dist = Dist.example(folder, "sidecars");
        try (RunningGatun gatun = dist.service().start()) {
            long main = Long.parseLong(gatun.out().await("^main: here as pid (\\d+)$").group(1));
            gatun.out().await("^cache: here");
            gatun.out().await("^shipper: here");
            Kernel.kill(main, Kernel.KILL);
            assertThat(gatun.await().code()).isEqualTo(137);
            assertThat(gatun.out().text()).contains("cache: told to end");
        }
    }

    @Test
    void manyOfThem() {
        StringBuilder file = new StringBuilder("subProcesses:");
        for (int number = 1; number <= 20; number++) {
            file.append("\n- {name: p").append(number)
                    .append(", launchMode: command, executable: /bin/sleep, args: ['3600']}");
        }
        Dist dist = Dist.shell(folder, "echo here; exec sleep 3600", file.toString());
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            Await.until("all of them", () -> Processes.children(gatun.pid()).size() == 21);
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
        }
    }
}
