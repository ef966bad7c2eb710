package dev.gatun.service.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of an instance are worth, on the real kernel. */
class PresenceTest {

    private static final Libc LIBC = SelectiveLibc.REAL;

    @TempDir
    Path folder;

    private final List<RealProcess> processes = new ArrayList<>();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("web.pid");
    }

    @AfterEach
    void close() {
        processes.forEach(RealProcess::close);
    }

    private RealProcess run(String... command) {
        RealProcess process = RealProcess.start(command);
        processes.add(process);
        return process;
    }

    private RealProcess shell(String script) {
        return run("/bin/sh", "-c", script);
    }

    private Presence look() {
        return look(LIBC);
    }

    private Presence look(Libc libc, String... words) {
        ExpectedCommand expected = words.length == 0 ? ExpectedCommand.ANY : ExpectedCommand.of(List.of(words));
        return new InstanceFile(libc, file.toString(), expected).look();
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
    }

    private static ProcessIdentity identity(int pid) {
        return ProcessIdentity.of(LIBC, pid).orElseThrow();
    }

    private void record(Optional<ProcessIdentity> process, ProcessIdentity launcher, String bootId)
            throws IOException {
        InstanceRecord record = new InstanceRecord(process, launcher, bootId, "/bin/web");
        Files.writeString(folder.resolve("web.pid.info"), record.format());
    }

    private void record(ProcessIdentity process, ProcessIdentity launcher) throws IOException {
        record(Optional.of(process), launcher, InstanceRecord.currentBootId(LIBC));
    }

    private static ProcessIdentity older(ProcessIdentity identity) {
        return new ProcessIdentity(identity.pid(), identity.startTicks() - 1);
    }

    private static String reason(Presence presence, boolean fileExisted) {
        assertThat(presence).isInstanceOf(Presence.NotRunning.class);
        assertThat(((Presence.NotRunning) presence).fileExisted()).isEqualTo(fileExisted);
        return ((Presence.NotRunning) presence).reason();
    }

    private static ProcessIdentity nobody() {
        return new ProcessIdentity(1 << 22, 1);
    }

    // ---- a pid file alone, as the older programs write it

    @ParameterizedTest
    @ValueSource(strings = {"%d", "%d\n", " \t%d \n\n"})
    void aNumberIsReadWithAndWithoutWhiteSpace(String format) throws Exception {
        RealProcess sleep = run("sleep", "100");
        write(format.formatted(sleep.pid()));
        assertThat(look()).isEqualTo(new Presence.Running(identity(sleep.pid()), Optional.empty()));
    }

    @Test
    void withoutAFileNobodyRuns() {
        assertThat(reason(look(), false)).isEqualTo("there is no " + file);
    }

    @Test
    void aNumberWithoutAProcessIsStale() throws Exception {
        write("4194304\n");
        assertThat(reason(look(), true)).isEqualTo("process 4194304 of " + file + " is gone");
    }

    @Test
    void aZombieDoesNotRun() throws Exception {
        // It ends when its parent is a program that waits for nobody; a shell may have waited for it before its exec.
        RealProcess parent =
                shell("sh -c 'while ! grep -q sleep /proc/$PPID/comm; do :; done' & echo $!; exec sleep 100");
        int zombie = Integer.parseInt(parent.line());
        write(zombie + "\n");
        awaitZombie(zombie);
        assertThat(reason(look(), true)).isEqualTo("process " + zombie + " of " + file + " has ended and is a zombie");
    }

    private static void awaitZombie(int pid) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ")) {
            assertThat(System.nanoTime()).as("zombie").isLessThan(deadline);
            Thread.yield();
        }
    }

    @Test
    void aThreadOfAnotherProcessIsNoProcess() throws Exception {
        long self = LIBC.getpid();
        int thread = 0;
        for (String name : new File("/proc/self/task").list()) {
            thread = Integer.parseInt(name) == self ? thread : Integer.parseInt(name);
        }
        assertThat(LIBC.kill(thread, 0)).as("a signal 0 does not tell").isZero();
        write(thread + "\n");
        assertThat(reason(look(), true))
                .isEqualTo("process " + thread + " of " + file + " is the number of a thread of another process now");
    }

    @Test
    void aProcessWhoseFirstThreadHasEndedRuns() throws Exception {
        assumeTrue(new File("/usr/bin/gcc").exists(), "skipped: there is no gcc here");
        Path source = Files.writeString(folder.resolve("headless.c"), """
                #include <pthread.h>
                #include <unistd.h>
                static void *go_on(void *nothing) { write(1, "\\n", 1); pause(); return nothing; }
                int main(void) { pthread_t t; pthread_create(&t, 0, go_on, 0); pthread_exit(0); }
                """);
        Path program = folder.resolve("headless");
        run("gcc", "-pthread", "-o", program.toString(), source.toString()).finish();
        RealProcess headless = run(program.toString());
        assertThat(headless.line()).isEmpty();
        awaitZombie(headless.pid());
        write(headless.pid() + "\n");
        assertThat(look(LIBC, "headless").kind()).isEqualTo(Presence.Kind.RUNNING);
        assertThat(look(LIBC, "java").kind()).isEqualTo(Presence.Kind.NOT_RUNNING);
    }

    @Test
    void aProcessThatIsYoungerThanTheFileHasGotTheNumberSince() throws Exception {
        RealProcess sleep = run("sleep", "100");
        write(sleep.pid() + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(reason(look(), true))
                .isEqualTo("process " + sleep.pid() + " of " + file + " is younger than the file");
    }

    @Test
    void aProcessThatLooksOtherwiseIsAStranger() throws Exception {
        RealProcess sleep = run("sleep", "100");
        write(sleep.pid() + "\n");
        assertThat(reason(look(LIBC, "java", "com.example.Main"), true))
                .isEqualTo("process " + sleep.pid() + " of " + file + " is another program, sleep");
        assertThat(look(LIBC, "/opt/web/bin/sleep").kind()).isEqualTo(Presence.Kind.RUNNING);
    }

    @Test
    void aThreadOfTheKernelIsNoService() throws Exception {
        Optional<Integer> kernel = kernelThread();
        assumeTrue(kernel.isPresent(), "skipped: no thread of the kernel is to be seen in this PID namespace");
        write(kernel.get() + "\n");
        assertThat(reason(look(), true)).endsWith(" is another program, of the kernel");
    }

    private static Optional<Integer> kernelThread() throws IOException {
        for (String name : new File("/proc").list()) {
            if (Character.isDigit(name.charAt(0))) {
                Path status = Path.of("/proc", name, "status");
                if (Files.exists(status) && Files.readString(status).contains("Kthread:\t1")) {
                    return Optional.of(Integer.parseInt(name));
                }
            }
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "abc", "0", "-1", "+12", "12 13", "1.5", "99999999999", "0x12"})
    void rubbishIsNoNumber(String rubbish) throws Exception {
        write(rubbish);
        assertThat(look()).isEqualTo(new Presence.Unreadable(
                file + ": found \"" + rubbish.trim() + "\", expected the number of a process"));
    }

    @Test
    void aFolderAPipeAndTooMuchAreRefused() throws Exception {
        Files.createDirectory(file);
        assertThat(look().words()).isEqualTo(file + ": found a folder or something else that is no file");
        Files.delete(file);
        run("mkfifo", file.toString()).finish();
        assertThat(look().words()).isEqualTo(file + ": found a folder or something else that is no file");
        Files.delete(file);
        write("1".repeat(5000));
        assertThat(look().words()).isEqualTo(file + ": found 5000 bytes, expected the number of a process");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws Exception {
        write("1\n");
        Libc without = SelectiveLibc.with((call, arguments) -> call.equals("open")
                && SelectiveLibc.path(arguments[0]).equals(file.toString()) ? Long.valueOf(-Errno.EACCES) : null);
        assertThat(look(without)).isEqualTo(new Presence.Unreadable("open(" + file + "): EACCES (Permission denied)"));
    }

    // ---- other users

    @Test
    void aProcessThatMayNotBeSignalledRuns() throws Exception {
        RealProcess sleep = run("sleep", "100");
        write(sleep.pid() + "\n");
        Libc refusing = SelectiveLibc.with((call, arguments) -> call.equals("kill") || call.equals("pidfd_send_signal")
                ? Long.valueOf(-Errno.EPERM)
                : null);
        assertThat(look(refusing).kind()).isEqualTo(Presence.Kind.RUNNING);
        record(identity(sleep.pid()), nobody());
        assertThat(look(refusing).kind()).isEqualTo(Presence.Kind.RUNNING);
    }

    @Test
    void aProcessOfAnotherUserRuns() throws Exception {
        assumeTrue(LIBC.geteuid() == 0, "skipped: only root may start processes of others");
        RealProcess other = run("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                "/bin/sh", "-c", "echo; exec sleep 100");
        assertThat(other.line()).isEmpty();
        write(other.pid() + "\n");
        assertThat(look(LIBC, "sleep").kind()).isEqualTo(Presence.Kind.RUNNING);
    }

    @Test
    void aProcessThatIsHiddenFromUsCannotBeJudged() throws Exception {
        RealProcess sleep = run("sleep", "100");
        write(sleep.pid() + "\n");
        Libc hiding = SelectiveLibc.with((call, arguments) -> switch (call) {
            case "open" -> SelectiveLibc.path(arguments[0]).startsWith("/proc/" + sleep.pid() + "/")
                    ? Long.valueOf(-Errno.ENOENT)
                    : null;
            case "kill" -> Long.valueOf(-Errno.EPERM);
            default -> null;
        });
        String expected = "process " + sleep.pid() + " of " + file + " is there, but /proc does not tell whose it is";
        assertThat(look(hiding)).isEqualTo(new Presence.Unreadable(expected));
        record(identity(sleep.pid()), nobody());
        assertThat(look(hiding)).isEqualTo(new Presence.Unreadable(expected));
    }

    // ---- with a record beside the pid file

    @Test
    void theRecordedProcessRunsWhateverTheTimeOfTheFile() throws Exception {
        RealProcess sleep = run("sleep", "100");
        RealProcess launcher = run("sleep", "100");
        write(sleep.pid() + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        record(identity(sleep.pid()), identity(launcher.pid()));
        assertThat(look(LIBC, "java")).isEqualTo(
                new Presence.Running(identity(sleep.pid()), Optional.of(identity(launcher.pid()))));
    }

    @Test
    void itRunsWithoutItsLauncherToo() throws Exception {
        RealProcess sleep = run("sleep", "100");
        write(sleep.pid() + "\n");
        record(identity(sleep.pid()), nobody());
        assertThat(look()).isEqualTo(new Presence.Running(identity(sleep.pid()), Optional.empty()));
    }

    @Test
    void itRunsWithoutItsPidFileToo() throws Exception {
        RealProcess sleep = run("sleep", "100");
        record(identity(sleep.pid()), nobody());
        assertThat(look().kind()).isEqualTo(Presence.Kind.RUNNING);
    }

    @Test
    void itRunsWhateverSomebodyHasWrittenIntoItsPidFile() throws Exception {
        RealProcess sleep = run("sleep", "100");
        record(identity(sleep.pid()), nobody());
        write("abc");
        assertThat(look().kind()).isEqualTo(Presence.Kind.RUNNING);
        record(older(identity(sleep.pid())), nobody());
        assertThat(look().kind()).isEqualTo(Presence.Kind.UNREADABLE);
    }

    @Test
    void anotherProcessOfTheSameNumberIsNotIt() throws Exception {
        RealProcess sleep = run("sleep", "100");
        write(sleep.pid() + "\n");
        record(older(identity(sleep.pid())), nobody());
        assertThat(reason(look(), true)).isEqualTo("process " + sleep.pid() + " of " + file + " is another one now");
    }

    @Test
    void anotherLauncherOfTheSameNumberIsNotIt() throws Exception {
        RealProcess sleep = run("sleep", "100");
        write("4194304\n");
        record(nobody(), older(identity(sleep.pid())));
        assertThat(look().kind()).isEqualTo(Presence.Kind.NOT_RUNNING);
    }

    @Test
    void nothingOfAnEarlierRunOfTheMachineCounts() throws Exception {
        RealProcess sleep = run("sleep", "100");
        write(sleep.pid() + "\n");
        record(Optional.of(identity(sleep.pid())), identity(sleep.pid()), "another-boot");
        assertThat(look().kind()).isEqualTo(Presence.Kind.NOT_RUNNING);
    }

    @Test
    void aLauncherWithoutItsProcessIsAboutToStartIt() throws Exception {
        RealProcess launcher = run("sleep", "100");
        record(Optional.empty(), identity(launcher.pid()), InstanceRecord.currentBootId(LIBC));
        assertThat(look()).isEqualTo(new Presence.Starting(identity(launcher.pid()), false));
        write("4194304\n");
        record(nobody(), identity(launcher.pid()));
        assertThat(look()).isEqualTo(new Presence.Starting(identity(launcher.pid()), false));
    }

    @Test
    void anOlderProgramThatHasWrittenOverTheNumberCounts() throws Exception {
        RealProcess sleep = run("sleep", "100");
        record(nobody(), nobody());
        write(Integer.toString(sleep.pid()));
        assertThat(look()).isEqualTo(new Presence.Running(identity(sleep.pid()), Optional.empty()));
    }

    @Test
    void aRecordThatIsRubbishIsNamed() throws Exception {
        write("1\n");
        Files.writeString(folder.resolve("web.pid.info"), "pid=x\n");
        assertThat(look()).isEqualTo(new Presence.Unreadable(
                file + ".info: found \"pid=x\", expected lines such as launcher-pid=12"));
    }

    @Test
    void aRecordThatChangesWhileWeReadIsReadAgain() throws Exception {
        RealProcess sleep = run("sleep", "100");
        RealProcess launcher = run("sleep", "100");
        boolean[] written = new boolean[1];
        Libc busy = SelectiveLibc.with((call, arguments) -> {
            if (call.equals("open") && SelectiveLibc.path(arguments[0]).equals(file + ".info") && !written[0]) {
                written[0] = true;
                try {
                    record(identity(sleep.pid()), identity(launcher.pid()));
                    write(sleep.pid() + "\n");
                } catch (IOException failure) {
                    throw new AssertionError(failure);
                }
                return (long) -Errno.ENOENT;
            }
            return null;
        });
        assertThat(look(busy)).isEqualTo(
                new Presence.Running(identity(sleep.pid()), Optional.of(identity(launcher.pid()))));
    }
}
