package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.RunningGatun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small things that the older launchers do, or do otherwise, and that no other test looks at. */
class CompatibilityIT {

    @TempDir
    private Path folder;

    @Test
    void aCheckHasTheVersionOfTheService() {
        Dist dist = Dist.shell(folder, "exit 1").write(Dist.CHECK, "configVersion: 1", "launchMode: command",
                "executable: /bin/sh", "args: [-c, 'echo $SERVICE_NAME $SERVICE_VERSION']");
        Gatun.Ended check = dist.service("--check").finish();
        assertThat(check.code()).as(check.err()).isZero();
        assertThat(check.out().lines()).contains("made-up 1.2.3");
    }

    /** A Java service hands its signals on to its sub-process, which a monitor did before. */
    @Test
    void aSubProcessBesideAnExecutableGetsTheSignalsToo() {
        Dist dist = Dist.of(folder,
                "configType: executable",
                "configVersion: 1",
                "serviceName: made-up",
                "anyExecutable: true",
                "executable: /bin/sh",
                "args: [-c, \"trap 'echo main HUP' HUP; trap 'echo main TERM; exit 3' TERM; echo main; "
                        + "while :; do sleep 0.05; done\"]",
                "subProcesses:",
                "  side:",
                "    anyExecutable: true",
                "    executable: /bin/sh",
                "    args: [-c, \"trap 'echo side HUP' HUP; trap 'echo side TERM; exit 0' TERM; "
                        + "echo side $(readlink /proc/self/fd/0); while :; do sleep 0.05; done\"]");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^main$");
            gatun.out().await("^side /dev/null$");
            gatun.signal(Kernel.HUP);
            gatun.out().await("^main HUP$");
            gatun.out().await("^side HUP$");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(3);
            assertThat(gatun.out().text()).containsSubsequence("main TERM", "side TERM");
        }
    }

    /** Asked for twice: some stop at the second request, and those who do not are killed in the end. */
    @Test
    void aStopIsRepeatedToTheGroupHalfWay() {
        Dist dist = Dist.shell(folder, "n=0; trap 'n=$((n+1)); echo TERM $n; [ $n = 1 ] || exit 5' TERM; echo here; "
                + "while :; do sleep 0.05; done", "stopTimeoutSeconds: 2");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^here$");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(5);
            assertThat(gatun.out().lines()).contains("TERM 1", "TERM 2");
        }
    }

    @Test
    void aSubProcessThatIsNotThereIsFoundBeforeAnythingIsStarted() {
        Dist dist = Dist.shell(folder, "touch started",
                "subProcesses: [{name: gone, launchMode: command, executable: service/bin/gone}]");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("subProcesses.gone: ").contains("service/bin/gone");
        assertThat(dist.has("started")).isFalse();
    }

    /** As in a container whose root is read-only. */
    @Test
    void aPidFileThatCannotBeWrittenIsAWarning() {
        Dist dist = Dist.shell(folder, "exit 4");
        String readOnly = "mkdir -p var/run && mount -t tmpfs -o ro none var/run && exec \"$@\"";
        Gatun.Ended ended = dist.service().in(dist.root())
                .within("unshare", "--mount", "sh", "-c", readOnly, "sh").finish();
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.out()).containsPattern("WARNING: going on without a pid file .*EROFS");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void aGraceThatIsOverIsTold() {
        Path script = TestPython.script(folder, "memory.py");
        Dist dist = Dist.command(folder,
                List.of(TestPython.interpreter(), script.toString(), "stubborn"),
                "streams: {stdin: inherit}",
                "memory: {mode: fixed, fixedLimitBytes: 100Mi}",
                "watchdog: {pollIntervalSeconds: 0.1, gracePeriodSeconds: 0.3}");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^ready pid");
            gatun.type("take 120");
            assertThat(gatun.await().code()).isEqualTo(137);
            assertThat(gatun.out().text()).containsPattern("\\[watchdog\\] Grace period of .* expired");
            assertThat(gatun.out().text()).contains("watchdog_triggered=true");
            assertThat(gatun.err().text()).contains("RSS watchdog terminated the process");
        }
    }
}
