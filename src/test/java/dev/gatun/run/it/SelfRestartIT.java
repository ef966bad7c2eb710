package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where nothing blocks the signals before the JVM starts (a system of busybox, a java started by hand), Gatun replaces
 * itself by itself with the mask in place; and where that cannot be, it says so instead of losing signals.
 */
class SelfRestartIT {

    @TempDir
    private Path folder;

    /** As bin/gatun would, without env(1) and without -Xrs. */
    private static List<String> java(Gatun run, String... options) {
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        words.addAll(List.of(options));
        words.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dgatun.home=" + Gatun.HOME,
                "-cp",
                Gatun.HOME + "/lib/gatun.jar:" + Gatun.HOME + "/lib/picocli.jar",
                "dev.gatun.cli.Main"));
        words.addAll(run.words().subList(1, run.words().size()));
        return words;
    }

    @Test
    void takesTheSignalsUnderTheSamePid() {
        Gatun run = Gatun.run("-v").command(Python.script("recorder.py", "--end", "15=8", "child"));
        try (RunningGatun gatun = run.startedBy(java(run)).start()) {
            long child = gatun.awaitReady("child");
            assertThat(Processes.children(gatun.pid())).containsExactly(child);
            for (int signal : List.of(Kernel.HUP, Kernel.INT, Kernel.QUIT, Kernel.USR1, Kernel.USR2, Kernel.RTMAX,
                    Kernel.TERM)) {
                gatun.signal(signal);
                gatun.out().await("child got " + signal + " from " + gatun.pid());
            }
            assertThat(gatun.await().code()).isEqualTo(8);
            assertThat(gatun.err().text()).contains("signal=SIGQUIT as=SIGQUIT sender=" + Kernel.ownPid());
        }
    }

    @Test
    void leavesNoTraceInTheChild() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "third");
        String show =
                "tr '\\0' '\\n' < /proc/$$/environ; ls -l /proc/$$/fd; head -c 5 <&3; echo; exec cat /proc/self/status";
        List<String> called = java(Gatun.run().shell(show));
        Gatun.Ended ended =
                new Caller().opens(3, file).calls(Gatun.run(), called.stream().map(Caller::bytes).toList()).finish();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .doesNotContain("GATUN_RESTARTED", "_JAVA_SR_SIGNUM", "/lib/modules", "gatun.jar", "socket:")
                .contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000")
                .contains(" 3 -> " + file)
                .contains("\nthird\n");
    }

    @Test
    void worksAsPid1() {
        Gatun run = Gatun.run().command(Python.script("recorder.py", "--end", "15=9", "child", "escapee")).asPid1();
        try (RunningGatun gatun = run.startedBy(java(run)).start()) {
            gatun.awaitReady("escapee");
            assertThat(gatun.out().await("child ready .* parent (\\d+)").group(1)).isEqualTo("1");
            gatun.signal(Kernel.TERM);
            gatun.out().await("child got 15 from 1");
            gatun.out().await("escapee got 15 from 1");
            assertThat(gatun.await().code()).isEqualTo(9);
        }
    }

    @Test
    void triesOnlyOnce() {
        Path proof = folder.resolve("proof");
        Gatun run = Gatun.run().with("GATUN_RESTARTED", "1").shell("> \"$1\"", proof.toString());
        Gatun.Ended ended = run.startedBy(java(run)).finish();
        assertThat(ended.code()).isEqualTo(125);
        assertThat(ended.err())
                .startsWith("gatun: error: signals would be lost: not blocked in every thread of this JVM are ")
                .contains("SIGTERM", "was restarted")
                .hasLineCount(1);
        assertThat(proof).doesNotExist();
    }

    /** The mask is there, but without -Xrs HotSpot has let HUP, INT and TERM in again. */
    @Test
    void maskWithoutXrsIsSeenThrough() {
        Path proof = folder.resolve("proof");
        Gatun run = Gatun.run().shell("> \"$1\"", proof.toString());
        List<String> words = java(run);
        Gatun.Ended ended = run.startedBy(blocked(words)).finish();
        assertThat(ended.code()).isEqualTo(125);
        assertThat(ended.err()).contains("SIGHUP", "SIGINT", "SIGTERM", "-Xrs").hasLineCount(1);
        assertThat(proof).doesNotExist();
    }

    private static List<String> blocked(List<String> words) {
        List<String> blocked = new ArrayList<>(List.of("env", "--block-signal", "--"));
        blocked.addAll(words);
        return blocked;
    }

    /** The whole distribution where env, sh and all the others are busybox. */
    @Test
    void busyboxIsEnough() {
        assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "package busybox-static");
        assumeTrue(Kernel.weAreRoot(), "only root can mount");
        String mounts = "for tool in dash env grep tr readlink; do mount --bind /bin/busybox /usr/bin/$tool; done; "
                + "/usr/bin/env --help 2>&1 | grep -q BusyBox || exit 99; exec /usr/bin/env 'dotted.name=a b' \"$@\"";
        Gatun run = Gatun.run("-v").command(Python.script("recorder.py", "--end", "15=10", "child"));
        run.within("unshare", "--mount", "sh", "-c", mounts, "sh");
        try (RunningGatun gatun = run.start()) {
            long child = gatun.awaitReady("child");
            assertThat(Processes.withEntry("dotted.name=a b")).contains(child);
            for (int signal : List.of(Kernel.HUP, Kernel.INT, Kernel.USR2, Kernel.RTMIN, Kernel.TERM)) {
                gatun.signal(signal);
                gatun.out().await("child got " + signal + " from " + gatun.pid());
            }
            assertThat(gatun.await().code()).isEqualTo(10);
        }
    }
}
