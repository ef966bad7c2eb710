package dev.gatun.service.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.FilePath;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.service.instance.Presence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

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

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void startsWhatDoesNotRun() throws Exception {
        assertThat(dist.with("web", TestDist.SUPERVISE).verbs().start()).as(dist.err.toString()).isZero();
        assertThat(dist.out).isEmpty();
        assertThat(dist.err).isEmpty();
        assertThat(dist.instance("web").look().kind()).isEqualTo(Presence.Kind.RUNNING);
        assertThat(dist.log("startup.log")).hasContent("hello from web\n");
        assertThat(permissions(dist.log("startup.log"))).isEqualTo("rw-r--r--");
        assertThat(permissions(dist.log(""))).isEqualTo("rwxr-xr-x");
        int launcher = dist.launched.getFirst();
        assertThat(ProcStat.read(dist.libc, launcher).orElseThrow().session()).isEqualTo(launcher);
        assertThat(FilePath.linkTarget(dist.libc, CString.of("/proc/" + launcher + "/fd/0")))
                .contains(CString.of("/dev/null"));
        assertThat(dist.verbs().status()).isZero();
        assertThat(dist.out).containsExactly("Running");
    }

    @Test
    void doesNothingWhereAllRuns() throws Exception {
        dist.with("web", TestDist.SUPERVISE).verbs().start();
        assertThat(dist.verbs().start()).isZero();
        assertThat(dist.launched).hasSize(1);
        assertThat(dist.err).isEmpty();
        assertThat(dist.log("startup.log")).hasContent("hello from web\n");
        assertThat(dist.log("startup.log.0")).as("the running service writes to it").doesNotExist();
    }

    @Test
    void startsOnlyTheOneThatIsMissing() throws Exception {
        dist.with("web", TestDist.SUPERVISE).with("side", TestDist.SUPERVISE).verbs().start();
        assertThat(dist.launched).hasSize(2);
        int web = dist.pid("web");
        dist.libc.kill(dist.launched.get(1), 15);
        dist.await("the end of side", () -> !dist.isAlive(dist.launched.get(1)));
        assertThat(dist.verbs().start()).as(dist.err.toString()).isZero();
        assertThat(dist.launched).hasSize(3);
        assertThat(dist.pid("web")).isEqualTo(web);
        assertThat(dist.log("startup.log.0")).doesNotExist();
        assertThat(Files.readString(dist.log("side-startup.log.0"))).startsWith("hello from side\n");
    }

    @Test
    void severalAreSiblings() {
        dist.with("web", TestDist.SUPERVISE).with("side", TestDist.SUPERVISE).with("third", TestDist.SUPERVISE);
        assertThat(dist.verbs().start()).as(dist.err.toString()).isZero();
        for (int launcher : dist.launched) {
            assertThat(ProcStat.read(dist.libc, launcher).orElseThrow().parent()).isEqualTo((int) dist.libc.getpid());
        }
        assertThat(dist.log("third-startup.log")).hasContent("hello from third\n");
    }

    @Test
    void whatALauncherSaysBeforeItFailsIsShown() {
        dist.with("web", "i=0; while [ $i -lt 20 ]; do i=$((i + 1)); echo line $i; done; exit 3");
        assertThat(dist.verbs().start()).isEqualTo(1);
        assertThat(dist.err).hasSize(12).startsWith(
                "web: not started, its launcher exited with 3",
                "the end of " + dist.log("startup.log") + ":",
                "  line 11").endsWith("  line 20");
        assertThat(dist.verbs().status()).isEqualTo(3);
    }

    @Test
    void oneThatFailsKeepsNoOtherFromIt() {
        dist.with("web", "exit 3").with("side", TestDist.SUPERVISE);
        assertThat(dist.verbs().start()).isEqualTo(1);
        assertThat(dist.err).containsExactly("web: not started, its launcher exited with 3");
        assertThat(dist.instance("side").look().kind()).isEqualTo(Presence.Kind.RUNNING);
    }

    @Test
    void aLauncherThatCannotBeExecutedIsNamed() {
        assertThat(dist.with("web", "NO PROGRAM").verbs().start()).isEqualTo(1);
        assertThat(dist.err).containsExactly("web: not started, its launcher cannot be started: "
                + "execve(/no/such/program): ENOENT (No such file or directory)");
    }

    @Test
    void aLauncherThatTakesTooLongIsNotWaitedFor() {
        dist.with("web", "claim; sleep 1000").withStartTimeout(Duration.ofMillis(1500));
        assertThat(dist.verbs().start()).isEqualTo(1);
        assertThat(dist.err).containsExactly("web: has not started within 1 s; its launcher goes on trying, see "
                + dist.log("startup.log"));
    }

    @Test
    void aLauncherThatIsAtItAlreadyIsWaitedFor() {
        // It goes on when it is told to, and only one that waits could see it.
        dist.with("web", """
                claim
                echo >claimed
                while [ ! -e go ]; do sleep 0.01; done
                sleep 1000 & record $!
                wait""").withStartTimeout(Duration.ofMillis(1));
        assertThat(dist.verbs().start()).isEqualTo(1);
        dist.awaitText("claimed");
        Thread releasing = Thread.ofPlatform().start(() -> {
            try {
                Files.writeString(folder.resolve("go"), "");
            } catch (java.io.IOException failure) {
                throw new AssertionError(failure);
            }
        });
        assertThat(dist.withStartTimeout(Duration.ofSeconds(30)).verbs().start()).isZero();
        assertThat(dist.launched).hasSize(1);
        assertThat(releasing).isNotNull();
    }

    @Test
    void aLauncherOfSomebodyElseThatWasFasterWillDo() {
        dist.with("web", """
                if [ -z "$3" ]; then
                    setsid sh -c "$(cat other)" other "$pidfile" &
                    while [ ! -e "$pidfile.info" ]; do sleep 0.01; done
                    echo already running
                    exit 1
                fi""");
        try {
            Files.writeString(folder.resolve("other"), """
                    pidfile=$1
                    ticks() { cut -d' ' -f22 "/proc/$1/stat"; }
                    info() { printf 'boot-id=%s\\nlauncher-pid=%s\\nlauncher-start-ticks=%s\\n' \\
                        "$(cat /proc/sys/kernel/random/boot_id)" $$ "$(ticks $$)"; }
                    echo $$ >other.pid
                    info >i; mv i "$pidfile.info"
                    while [ -e "/proc/$PPID" ] && grep -q launcher "/proc/$PPID/cmdline"; do sleep 0.01; done
                    sleep 1000 & child=$!
                    { printf 'pid=%s\\nstart-ticks=%s\\n' $child "$(ticks $child)"; info; } >i; mv i "$pidfile.info"
                    echo $child >i; mv i "$pidfile"
                    wait
                    """);
        } catch (java.io.IOException failure) {
            throw new AssertionError(failure);
        }
        int code = dist.verbs().start();
        dist.launched.add(Integer.parseInt(dist.awaitText("other.pid")));
        assertThat(code).as(dist.err.toString()).isZero();
        assertThat(dist.err).isEmpty();
    }

    @Test
    void nothingIsStartedWhereOneCannotBeJudged() {
        dist.with("web", TestDist.SUPERVISE).with("side", TestDist.SUPERVISE).writePid("side", "abc");
        assertThat(dist.verbs().start()).isEqualTo(1);
        assertThat(dist.err).containsExactly(
                "side: " + dist.pidFile("side") + ": found \"abc\", expected the number of a process");
        assertThat(dist.launched).isEmpty();
        assertThat(dist.log("startup.log")).doesNotExist();
    }

    @Test
    void aLauncherThatBecomesTheProcessIsSeenToDoSo() {
        String java = System.getProperty("java.home") + "/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                + " --enable-native-access=ALL-UNNAMED -cp " + System.getProperty("java.class.path");
        dist.with("web", "exec " + java + " " + HandingOver.class.getName() + " \"$1\" /bin/sleep");
        assertThat(dist.verbs().start()).as(dist.err.toString()).isZero();
        assertThat(dist.pid("web")).isEqualTo(dist.launched.getFirst());
        assertThat(FilePath.linkTarget(dist.libc, CString.of("/proc/" + dist.pid("web") + "/exe")).orElseThrow()
                .toString()).as("the exec has come about").doesNotContain("java");

        dist.with("side", "exec " + java + " " + HandingOver.class.getName() + " \"$1\" /no/such/program");
        assertThat(dist.verbs().start()).isEqualTo(1);
        assertThat(dist.err).containsExactly("side: not started, its launcher exited with 1",
                "the end of " + dist.log("side-startup.log") + ":", "  cannot be executed");
    }

    @Test
    void worksWithoutNewsOfFiles() {
        Libc real = new SystemLibc();
        Libc without = (Libc) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[]{Libc.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals("inotify_init1")) {
                        return -24L;
                    }
                    try {
                        return called.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
        dist = new TestDist(folder, without).with("web", TestDist.SUPERVISE);
        assertThat(dist.verbs().start()).as(dist.err.toString()).isZero();
    }

    @Test
    void oldLogsAreKeptUpToSix() throws Exception {
        dist.with("web", "echo start $(cat count); exit 1");
        for (int i = 1; i <= 9; i++) {
            Files.writeString(folder.resolve("count"), i + "\n");
            dist.verbs().start();
        }
        assertThat(dist.log("startup.log")).hasContent("start 9\n");
        for (int number = 0; number <= 5; number++) {
            assertThat(dist.log("startup.log." + number)).hasContent("start " + (8 - number) + "\n");
        }
        assertThat(dist.log("startup.log.6")).doesNotExist();
        try (var files = Files.list(dist.log(""))) {
            assertThat(files).hasSize(7);
        }
    }
}
