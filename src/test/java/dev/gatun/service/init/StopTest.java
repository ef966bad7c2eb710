package dev.gatun.service.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.service.instance.Presence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopTest {

    /** Long enough for whoever obeys to do so, on a busy machine. */
    private static final Duration SHORT = Duration.ofSeconds(2);

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

    private void start() {
        assertThat(dist.verbs().start()).as(dist.err.toString()).isZero();
    }

    @Test
    void theLauncherIsAskedAndStopsItsProcess() {
        dist.with("web", TestDist.SUPERVISE.replace("trap '", "trap 'echo stopping; "));
        start();
        int pid = dist.pid("web");
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.err).isEmpty();
        assertThat(dist.isAlive(pid)).isFalse();
        assertThat(dist.isAlive(dist.launched.getFirst())).isFalse();
        assertThat(dist.log("startup.log")).content().contains("stopping");
        assertThat(folder.resolve("var/run")).isEmptyDirectory();
        assertThat(dist.verbs().status()).isEqualTo(3);
    }

    @Test
    void whereNothingRunsTheOldFilesAreRemoved() {
        dist.with("web", "").with("side", "").writePid("side", "4194304");
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.err).isEmpty();
        assertThat(folder.resolve("var/run")).isEmptyDirectory();
        assertThat(dist.verbs().stop()).as("again").isZero();
    }

    @Test
    void oneOfAnOlderProgramGetsItsSignalItself() {
        int pid = dist.run("trap 'echo got it >term; exit 0' TERM; echo >up; while :; do sleep 0.01; done");
        dist.awaitText("up");
        dist.with("web", "").writePid("web", Integer.toString(pid));
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.awaitText("term")).isEqualTo("got it");
        assertThat(dist.isAlive(pid)).isFalse();
        assertThat(dist.pidFile("web")).doesNotExist();
    }

    @Test
    void aProcessWhoseLauncherIsGoneIsStoppedAllTheSame() {
        dist.with("web", TestDist.SUPERVISE);
        start();
        int pid = dist.pid("web");
        dist.libc.kill(dist.launched.getFirst(), 9);
        dist.await("the end of the launcher", () -> !dist.isAlive(dist.launched.getFirst()));
        assertThat(dist.instance("web").look().launcher()).isEmpty();
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.isAlive(pid)).isFalse();
        assertThat(folder.resolve("var/run")).isEmptyDirectory();
    }

    @Test
    void aLauncherThatEndsWithoutItsProcessHasLeftItToUs() {
        dist.with("web", TestDist.SUPERVISE.replace("kill $child; wait $child; remove; ", ""));
        start();
        int pid = dist.pid("web");
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.err).isEmpty();
        assertThat(dist.isAlive(pid)).isFalse();
        assertThat(folder.resolve("var/run")).isEmptyDirectory();
    }

    @Test
    void aLauncherOfSeveralIsAskedOnce() {
        dist.with("web", """
                trap 'echo asked; told=1' TERM
                sleep 1000 & web=$!
                sleep 1000 & side=$!
                record $web
                pidfile=${pidfile%web.pid}side.pid
                record $side
                while [ -z "$told" ]; do sleep 0.01; done
                sleep 0.2
                kill $web $side
                wait""");
        start();
        dist.with("side", "");
        dist.await("side", () -> dist.instance("side").look().kind() == Presence.Kind.RUNNING);
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.err).isEmpty();
        assertThat(dist.log("startup.log")).content().containsOnlyOnce("asked");
        assertThat(folder.resolve("var/run")).isEmptyDirectory();
    }

    @Test
    void aLauncherBetweenTwoStartsIsStopped() {
        dist.with("web", "claim; trap 'remove; exit 0' TERM; echo >up; while :; do sleep 0.01; done")
                .withStartTimeout(Duration.ofMillis(1));
        dist.verbs().start();
        dist.awaitText("up");
        dist.err.clear();
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.isAlive(dist.launched.getFirst())).isFalse();
    }

    @Test
    void aTreeThatIgnoresTermIsKilledAsAWhole() {
        // The launcher, its process, a child of that, and one that has left group and session.
        dist.with("web", """
                trap '' TERM
                sh -c 'setsid sh -c "echo \\$\\$ >escaped; while :; do sleep 1000; done" &
                    sh -c "echo \\$\\$ >child; while :; do sleep 1000; done" &
                    while :; do sleep 1000; done' &
                while [ ! -s escaped ] || [ ! -s child ]; do sleep 0.01; done
                record $!
                while :; do sleep 1000; done""").withStopTimeout(Duration.ofMillis(200));
        start();
        int[] pids = {dist.launched.getFirst(), dist.pid("web"), Integer.parseInt(dist.awaitText("escaped")),
            Integer.parseInt(dist.awaitText("child"))};
        assertThat(dist.verbs().stop()).isZero();
        for (int pid : pids) {
            assertThat(dist.isAlive(pid)).as(dist.err.toString()).isFalse();
        }
        assertThat(dist.err).hasSize(1);
        assertThat(dist.err.getFirst()).startsWith("web: it did not stop within 0 s; SIGKILL was sent to processes ");
        assertThat(dist.log("startup.log")).content().contains(dist.err.getFirst() + "\n");
        assertThat(folder.resolve("var/run")).isEmptyDirectory();
    }

    @Test
    void whoeverIsLeftBehindGetsTermToo() {
        // The one has a session of its own, so that only the look before the stop knows of it.
        int pid = dist.run("""
                setsid sh -c 'trap "echo >got; exit" TERM; echo $$ >rest; while :; do sleep 0.01; done' &
                trap 'exit 0' TERM
                while [ ! -s rest ]; do sleep 0.01; done
                echo >up
                while :; do sleep 0.01; done""");
        dist.awaitText("up");
        dist.with("web", "").writePid("web", pid + "\n");
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.err).isEmpty();
        assertThat(folder.resolve("got")).exists();
        assertThat(dist.isAlive(Integer.parseInt(dist.awaitText("rest")))).isFalse();
    }

    @Test
    void whoeverIsLeftBehindAndIgnoresTermIsKilled() {
        int pid = dist.run("""
                setsid sh -c 'trap "" TERM; echo $$ >rest; while :; do sleep 1000; done' &
                trap 'exit 0' TERM
                while [ ! -s rest ]; do sleep 0.01; done
                echo >up
                while :; do sleep 0.01; done""");
        dist.awaitText("up");
        dist.with("web", "").withStopTimeout(SHORT).writePid("web", pid + "\n");
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.isAlive(Integer.parseInt(dist.awaitText("rest")))).isFalse();
        assertThat(dist.err).hasSize(1);
        assertThat(dist.err.getFirst()).startsWith("web: it has ended, and others that it started have not; SIGKILL");
    }

    /** Nothing says whose they are but the session. */
    @Test
    void orphansInItsSessionAreStoppedToo() {
        int pid = dist.run("""
                (sh -c 'echo $$ >orphan; while :; do sleep 0.01; done' &)
                while [ ! -s orphan ]; do sleep 0.01; done
                echo >up
                while :; do sleep 0.01; done""");
        dist.awaitText("up");
        int orphan = Integer.parseInt(dist.awaitText("orphan"));
        assertThat(ProcStat.read(dist.libc, orphan).orElseThrow().parent()).isNotEqualTo(pid);
        dist.with("web", "").writePid("web", pid + "\n");
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.isAlive(orphan)).isFalse();
    }

    @Test
    void severalAreStoppedWithinOneDeadline() {
        String deaf = "trap '' TERM; sleep 1000 & record $!; while :; do sleep 1000; done";
        dist.with("a", deaf).with("b", deaf).with("c", deaf).with("d", deaf).withStopTimeout(SHORT);
        start();
        long start = System.nanoTime();
        assertThat(dist.verbs().stop()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.multipliedBy(4));
        assertThat(dist.err).hasSize(4);
        for (int launcher : dist.launched) {
            assertThat(dist.isAlive(launcher)).isFalse();
        }
    }

    @Test
    void strangersInTheGroupOfTheProcessStay() {
        // As where a shell without job control has started it: it leads neither group nor session.
        int shell = dist.run("sleep 1000 & echo $! >web; sleep 1000 & echo $! >stranger; wait");
        int web = Integer.parseInt(dist.awaitText("web"));
        int stranger = Integer.parseInt(dist.awaitText("stranger"));
        dist.with("web", "").writePid("web", web + "\n");
        assertThat(dist.verbs().stop()).isZero();
        assertThat(dist.isAlive(web)).isFalse();
        assertThat(dist.isAlive(stranger)).isTrue();
        assertThat(dist.isAlive(shell)).isTrue();
    }

    @Test
    void oneThatMayNotBeStoppedIsNamedAndTheOthersAreStopped() {
        int pid = dist.run("sleep 1000");
        int other = dist.run("sleep 1000");
        Libc real = new SystemLibc();
        Map<Integer, Integer> opened = new HashMap<>();
        Libc refusing = (Libc) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[]{Libc.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("pidfd_send_signal") && opened.get(arguments[0]) == pid) {
                        return (long) -Errno.EPERM;
                    }
                    try {
                        Object result = called.invoke(real, arguments);
                        if (called.getName().equals("pidfd_open")) {
                            opened.put(((Long) result).intValue(), (Integer) arguments[0]);
                        }
                        return result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
        TestDist restricted = new TestDist(folder, refusing).with("web", "").with("side", "");
        restricted.writePid("web", pid + "\n");
        restricted.writePid("side", other + "\n");
        assertThat(restricted.verbs().stop()).isEqualTo(1);
        assertThat(restricted.err).containsExactly("web: process " + pid
                + " may not be stopped: pidfd_send_signal(SIGTERM): EPERM (Operation not permitted)");
        assertThat(dist.isAlive(pid)).isTrue();
        assertThat(dist.isAlive(other)).isFalse();
        assertThat(restricted.pidFile("web")).exists();
        assertThat(restricted.pidFile("side")).doesNotExist();
    }

    @Test
    void rubbishIsNamedAndTheOthersAreStopped() {
        dist.with("web", TestDist.SUPERVISE);
        start();
        dist.with("side", "").writePid("side", "abc");
        assertThat(dist.verbs().stop()).isEqualTo(1);
        assertThat(dist.err).containsExactly(
                "side: " + dist.pidFile("side") + ": found \"abc\", expected the number of a process");
        assertThat(dist.instance("web").look().kind()).isEqualTo(Presence.Kind.NOT_RUNNING);
        assertThat(dist.pidFile("side")).hasContent("abc");
    }

    @Test
    void aRestartStopsAndStarts() {
        dist.with("web", TestDist.SUPERVISE);
        start();
        int before = dist.pid("web");
        assertThat(dist.verbs().restart()).as(dist.err.toString()).isZero();
        assertThat(dist.isAlive(before)).isFalse();
        assertThat(dist.pid("web")).isNotEqualTo(before);
        assertThat(dist.log("startup.log.0")).exists();
    }

    @Test
    void whatCannotBeStoppedIsNotStartedAgain() {
        dist.with("web", TestDist.SUPERVISE).writePid("web", "abc");
        assertThat(dist.verbs().restart()).isEqualTo(1);
        assertThat(dist.launched).isEmpty();
    }

    /** In a JVM with its signals blocked, as the start script has it. */
    @Test
    void aSignalEndsTheWaiting() throws Exception {
        int pid = dist.run("trap 'echo >told' TERM; echo >up; while :; do sleep 0.01; done");
        dist.awaitText("up");
        dist.writePid("web", pid + "\n");
        Process stopping = new ProcessBuilder(
                "env", "--block-signal=TERM", System.getProperty("java.home") + "/bin/java", "-Xrs",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), Stopping.class.getName(), folder.toString())
                .redirectOutput(folder.resolve("said").toFile()).start();
        try {
            dist.awaitText("told");
            stopping.destroy();
            assertThat(stopping.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(stopping.exitValue()).isEqualTo(143);
            assertThat(folder.resolve("said"))
                    .hasContent("SIGTERM: not waiting any longer; what was told to stop goes on stopping\n");
        } finally {
            stopping.destroyForcibly().waitFor();
        }
        assertThat(dist.isAlive(pid)).isTrue();
        assertThat(Files.exists(dist.pidFile("web"))).isTrue();
    }
}
