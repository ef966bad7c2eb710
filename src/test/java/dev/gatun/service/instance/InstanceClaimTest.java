package dev.gatun.service.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.CString;
import dev.gatun.linux.Errno;
import dev.gatun.linux.FileLock;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How launchers take an instance, hold it and give it back. */
class InstanceClaimTest {

    private static final Libc LIBC = SelectiveLibc.REAL;

    @TempDir
    Path dist;

    private final List<RealProcess> processes = new ArrayList<>();
    private Path file;
    private InstanceFile instance;

    @BeforeEach
    void name() {
        file = dist.resolve("var/run/web.pid");
        instance = instance(LIBC);
    }

    @AfterEach
    void close() {
        processes.forEach(RealProcess::close);
    }

    private InstanceFile instance(Libc libc) {
        return new InstanceFile(libc, file.toString(), ExpectedCommand.ANY);
    }

    private RealProcess add(RealProcess process) {
        processes.add(process);
        return process;
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static ProcessIdentity self() {
        return ProcessIdentity.of(LIBC, (int) LIBC.getpid()).orElseThrow();
    }

    @Test
    void isTakenUsedAndGivenBack() throws Exception {
        InstanceClaim claim = instance.claim("/bin/web");
        assertThat(claim.tookOver()).isEmpty();
        assertThat(instance.look()).isEqualTo(new Presence.Starting(self(), false));
        assertThat(file).doesNotExist();

        RealProcess sleep = add(RealProcess.start("sleep", "100"));
        claim.started(sleep.pid());
        assertThat(file).hasContent(sleep.pid() + "\n");
        assertThat(instance.look()).isEqualTo(new Presence.Running(
                ProcessIdentity.of(LIBC, sleep.pid()).orElseThrow(), Optional.of(self())));
        assertThat(permissions(file.getParent())).isEqualTo("rwxr-xr-x");
        assertThat(permissions(file)).isEqualTo("rw-r--r--");
        assertThat(permissions(Path.of(file + ".info"))).isEqualTo("rw-r--r--");
        assertThat(Files.readString(Path.of(file + ".info"))).contains("command=/bin/web\n");

        sleep.close();
        assertThat(instance.look()).as("between two starts").isEqualTo(new Presence.Starting(self(), false));
        RealProcess next = add(RealProcess.start("sleep", "100"));
        claim.started(next.pid());
        assertThat(file).hasContent(next.pid() + "\n");

        claim.ended();
        assertThat(file.getParent()).isEmptyDirectory();
        assertThat(instance.look().kind()).isEqualTo(Presence.Kind.NOT_RUNNING);
        instance.claim("again").ended();
    }

    @Test
    void aSecondLauncherIsRefused() {
        InstanceClaim claim = instance.claim("/bin/web");
        assertThatThrownBy(() -> instance.claim("/bin/web")).isInstanceOf(InstanceRefused.class)
                .hasMessage(file + ": already in the hands of launcher " + LIBC.getpid() + ", and not running itself");
        RealProcess sleep = add(RealProcess.start("sleep", "100"));
        claim.started(sleep.pid());
        assertThatThrownBy(() -> instance.claim("/bin/web")).isInstanceOf(InstanceRefused.class)
                .hasMessage(file + ": already running as process " + sleep.pid() + " under launcher " + LIBC.getpid());
        claim.ended();
    }

    @Test
    void whatAnOlderProgramRunsIsRefusedToo() throws Exception {
        RealProcess sleep = add(RealProcess.start("sleep", "100"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, Integer.toString(sleep.pid()));
        assertThatThrownBy(() -> instance.claim("/bin/web")).isInstanceOf(InstanceRefused.class)
                .hasMessage(file + ": already running as process " + sleep.pid());
    }

    @Test
    void rubbishIsRefused() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "abc\n");
        assertThatThrownBy(() -> instance.claim("/bin/web")).isInstanceOf(InstanceRefused.class)
                .hasMessage(file + ": found \"abc\", expected the number of a process; "
                        + "remove the file if the service does not run");
        assertThat(file).hasContent("abc\n");
    }

    @Test
    void whatIsStaleIsTakenOver() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "4194304\n");
        Files.writeString(Path.of(file + ".lock"), "");
        InstanceClaim claim = instance.claim("/bin/web");
        assertThat(claim.tookOver()).contains("process 4194304 of " + file + " is gone");
        assertThat(file).doesNotExist();
        claim.ended();
        assertThat(file.getParent()).isEmptyDirectory();
    }

    @Test
    void ofManyAtOnceOneGetsIt() throws Exception {
        int launchers = 6;
        for (int round = 0; round < 20; round++) {
            CyclicBarrier barrier = new CyclicBarrier(launchers);
            List<FutureTask<Optional<InstanceClaim>>> tasks = new ArrayList<>();
            for (int i = 0; i < launchers; i++) {
                FutureTask<Optional<InstanceClaim>> task = new FutureTask<>(() -> {
                    barrier.await(30, TimeUnit.SECONDS);
                    try {
                        return Optional.of(instance(LIBC).claim("/bin/web"));
                    } catch (InstanceRefused refused) {
                        return Optional.empty();
                    }
                });
                tasks.add(task);
                Thread.ofPlatform().start(task);
            }
            List<InstanceClaim> claims = new ArrayList<>();
            for (FutureTask<Optional<InstanceClaim>> task : tasks) {
                task.get().ifPresent(claims::add);
            }
            assertThat(claims).as("round " + round).hasSize(1);
            claims.getFirst().ended();
        }
    }

    /** The first has found nothing and has not said yet that it is there: only the lock keeps the second out. */
    @Test
    void theLockKeepsOutWhoHasSeenNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        Libc slow = SelectiveLibc.with((call, arguments) -> {
            if (call.equals("rename")) {
                await(asked);
            }
            return null;
        });
        Libc second = SelectiveLibc.with((call, arguments) -> {
            if (call.equals("open") && SelectiveLibc.path(arguments[0]).equals(file + ".lock")) {
                // It has found nothing but a lock the first time, and tries again: now the first may say who it is.
                asked.countDown();
            }
            return null;
        });
        FutureTask<InstanceClaim> first = new FutureTask<>(() -> instance(slow).claim("/bin/web"));
        Thread.ofPlatform().start(first);
        awaitLock();
        assertThatThrownBy(() -> instance(second).claim("/bin/web")).isInstanceOf(InstanceRefused.class)
                .hasMessageStartingWith(file + ": already in the hands of launcher");
        first.get().ended();
    }

    private void awaitLock() {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!FileLock.isTaken(LIBC, CString.of(file + ".lock"))) {
            assertThat(System.nanoTime()).as("a lock").isLessThan(deadline);
            Thread.yield();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException told) {
            throw new AssertionError(told);
        }
    }

    @Test
    void theFilesOfAnotherAreLeftAlone() throws Exception {
        InstanceClaim claim = instance.claim("/bin/web");
        RealProcess sleep = add(RealProcess.start("sleep", "100"));
        claim.started(sleep.pid());
        Files.writeString(file, "4194304");
        claim.ended();
        assertThat(file).hasContent("4194304");
        claim.ended();
    }

    @Test
    void whatCannotBeWrittenIsNamedAndLeavesNoLock() {
        Libc full = SelectiveLibc.with((call, arguments) -> call.equals("write") ? Long.valueOf(-28) : null);
        assertThatThrownBy(() -> instance(full).claim("/bin/web")).isInstanceOf(LinuxException.class)
                .hasMessage("write(" + file + ".info.new): ENOSPC (No space left on device)");
        instance.claim("/bin/web").ended();
    }

    @Test
    void aFileSystemWithoutLocksIsDoneWithout() {
        Libc without = SelectiveLibc.with(
                (call, arguments) -> call.equals("fcntl") ? Long.valueOf(-Errno.number("ENOLCK")) : null);
        InstanceClaim claim = instance(without).claim("/bin/web");
        assertThatThrownBy(() -> instance(without).claim("/bin/web")).isInstanceOf(InstanceRefused.class);
        claim.ended();
        assertThat(instance(without).look().kind()).isEqualTo(Presence.Kind.NOT_RUNNING);
    }

    // ---- a launcher that becomes the process

    @Test
    void aLauncherThatBecomesTheProcessIsSeenToDoSo() {
        RealProcess launcher = add(RealProcess.java(Becoming.class, file.toString(), "/bin/sleep"));
        assertThat(launcher.line()).isEqualTo("claimed");
        ProcessIdentity identity = ProcessIdentity.of(LIBC, launcher.pid()).orElseThrow();
        assertThat(file).hasContent(launcher.pid() + "\n");
        assertThat(instance.look()).isEqualTo(new Presence.Starting(identity, true));
        launcher.say("");
        awaitKind(Presence.Kind.RUNNING);
        assertThat(instance.look()).isEqualTo(new Presence.Running(identity, Optional.empty()));
        assertThatThrownBy(() -> instance.claim("again")).isInstanceOf(InstanceRefused.class);
        assertThat(instance.removeStale()).isFalse();
        assertThat(file).exists();

        launcher.close();
        assertThat(instance.look().kind()).isEqualTo(Presence.Kind.NOT_RUNNING);
        assertThat(instance.removeStale()).isTrue();
        assertThat(file.getParent()).isEmptyDirectory();
        assertThat(instance.removeStale()).as("nothing is left").isTrue();
    }

    @Test
    void aLauncherThatCannotBecomeTheProcessTakesItBack() {
        RealProcess launcher = add(RealProcess.java(Becoming.class, file.toString(), "/no/such/program"));
        assertThat(launcher.line()).isEqualTo("claimed");
        launcher.say("");
        assertThat(launcher.line()).isEqualTo("failed");
        assertThat(instance.look()).isEqualTo(new Presence.NotRunning("there is no " + file, false));
        assertThat(file.getParent()).isEmptyDirectory();
    }

    @Test
    void aLauncherThatIsKilledGivesItBack() {
        RealProcess launcher = add(RealProcess.java(Becoming.class, file.toString(), "/bin/sleep"));
        assertThat(launcher.line()).isEqualTo("claimed");
        assertThat(instance.removeStale()).isFalse();
        launcher.close();
        InstanceClaim claim = instance.claim("/bin/web");
        assertThat(claim.tookOver()).isPresent();
        claim.ended();
    }

    private void awaitKind(Presence.Kind kind) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (instance.look().kind() != kind) {
            assertThat(System.nanoTime()).as(kind.name()).isLessThan(deadline);
            Thread.yield();
        }
    }

    @Test
    void anIdentityIsOpenedOnlyWhileItIsTheSame() {
        RealProcess sleep = add(RealProcess.start("sleep", "100"));
        ProcessIdentity identity = ProcessIdentity.of(LIBC, sleep.pid()).orElseThrow();
        identity.open(LIBC).orElseThrow().close();
        assertThat(new ProcessIdentity(identity.pid(), identity.startTicks() - 1).open(LIBC)).isEmpty();
        sleep.close();
        assertThat(identity.open(LIBC)).isEmpty();
    }
}
