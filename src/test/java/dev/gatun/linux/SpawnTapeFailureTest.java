package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static dev.gatun.linux.Kernel.NOBODY;
import static dev.gatun.linux.Kernel.assumeRoot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.Rlimit.Resource;
import dev.gatun.linux.SpawnTape.Builder;
import dev.gatun.linux.SpawnTape.Builder.FileMode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every step that can fail, made to fail: the exact step, call, argument and errno, and no program. */
@ExtendWith(NoFdLeak.class)
class SpawnTapeFailureTest {

    /** As user 65534 without a capability: two steps in front of the one that fails. */
    private static final Consumer<Builder> AS_NOBODY = tape -> tape.group(NOBODY).user(NOBODY);

    @TempDir
    Path folder;

    private static void assertFails(Consumer<Builder> steps, int step, String call, String argument, String errno) {
        assertThat(RealChild.failing(steps)).isEqualTo(new SpawnFailure(step, call, argument, Errno.number(errno)));
    }

    private static void assertNobodyFails(Consumer<Builder> steps, String call, String argument, String errno) {
        assumeRoot("become somebody who is refused");
        assertFails(AS_NOBODY.andThen(steps), 3, call, argument, errno);
    }

    private CString path(String name) {
        return CString.of(folder.resolve(name).toString());
    }

    @Test
    void newSessionOfAGroupLeader() {
        assertFails(tape -> tape.newProcessGroup().newSession(), 2, "setsid", "", "EPERM");
    }

    @Test
    void newProcessGroupOfASessionLeader() {
        assertFails(tape -> tape.newSession().newProcessGroup(), 2, "setpgid", "0, 0", "EPERM");
    }

    /** The two steps that go on without a terminal do so with something that is none. */
    @Test
    void aMissingTerminalIsNoFailure() {
        try (Pipe pipe = Pipe.open(LIBC);
                RealChild child = RealChild.cat(tape -> tape
                        .controllingTerminalIfFree(pipe.readEnd())
                        .foreground(pipe.readEnd()))) {
            child.echo();
        }
    }

    @Test
    void cgroupThatIsNotThere() {
        assertFails(tape -> tape.cgroup(path("none/cgroup.procs")), 1, "open", path("none/cgroup.procs") + ", O_WRONLY",
                "ENOENT");
    }

    @Test
    void cgroupThatTakesNobody() {
        assertFails(tape -> tape.cgroup(CString.of("/dev/full")), 2, "write", "/dev/full, \"0\"", "ENOSPC");
    }

    @Test
    void oomScoreOutOfRange() {
        assertFails(tape -> tape.oomScoreAdjustment(1001), 2, "write", "/proc/self/oom_score_adj, \"1001\"", "EINVAL");
    }

    /** A change of user makes the files of {@code /proc/self} root's, so the order of the steps matters. */
    @Test
    void oomScoreBehindAChangeOfUser() {
        assertNobodyFails(tape -> tape.oomScoreAdjustment(5), "open", "/proc/self/oom_score_adj, O_WRONLY", "EACCES");
    }

    @Test
    void niceWithoutThePrivilege() {
        assertNobodyFails(tape -> tape.nice(-5), "setpriority", "PRIO_PROCESS, -5", "EACCES");
    }

    /** More than the kernel has descriptors for (fs.nr_open), which even root does not get. */
    @Test
    void limitOutOfRange() {
        long most = 1L << 40;
        assertFails(tape -> tape.umask(022).limit(new Rlimit(Resource.NOFILE, 5, most)), 2, "setrlimit",
                "RLIMIT_NOFILE, 5:" + most, "EPERM");
    }

    @Test
    void limitAboveTheHardOne() {
        assumeRoot("become somebody who is refused");
        assertFails(tape -> {
            tape.limit(new Rlimit(Resource.CORE, 0, 0));
            AS_NOBODY.accept(tape);
            tape.limit(new Rlimit(Resource.CORE, 0, 1));
        }, 4, "setrlimit", "RLIMIT_CORE, 0:1", "EPERM");
    }

    @Test
    void descriptorClosedSinceTheTapeWasMade() {
        Pipe pipe = Pipe.open(LIBC);
        String name = pipe.readEnd().toString();
        Builder tape = SpawnTape.builder().redirect(0, pipe.readEnd());
        pipe.close();
        CString program = CString.of("/bin/true");
        assertThat(RealChild.failing(tape.execute(program, List.of(program), List.of(), false).build()))
                .isEqualTo(new SpawnFailure(1, "dup3", name + ", 0", Errno.EBADF));
    }

    @Test
    void descriptorClosedBeforeIsRefusedAtOnce() {
        Pipe pipe = Pipe.open(LIBC);
        pipe.close();
        assertThatThrownBy(() -> SpawnTape.builder().redirect(0, pipe.readEnd()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fileThatIsNotThere() {
        assertFails(tape -> tape.redirectToFile(0, path("none"), FileMode.READ), 1, "open", path("none") + ", O_RDONLY",
                "ENOENT");
    }

    @Test
    void fileThatIsAFolder() {
        String folderItself = folder.toString();
        assertFails(tape -> tape.redirectToFile(1, CString.of(folderItself), FileMode.TRUNCATE), 1, "open",
                folderItself + ", O_WRONLY|O_CREAT|O_TRUNC", "EISDIR");
        assertFails(tape -> tape.umask(0).redirectToFile(2, path("no/file"), FileMode.APPEND), 2, "open",
                path("no/file") + ", O_WRONLY|O_CREAT|O_APPEND", "ENOENT");
    }

    @Test
    void capabilitiesThatAreNotThere() {
        CapabilitySets all = new CapabilitySets(1, 1, 0);
        assertNobodyFails(tape -> tape.dropCapabilities(List.of(Capability.NET_RAW), all), "capset",
                "inheritable without the dropped", "EPERM");
    }

    @Test
    void boundingSetWithoutThePrivilege() {
        assumeRoot("become somebody who is refused");
        CapabilitySets none = new CapabilitySets(0, 0, 0);
        Consumer<Builder> drop = tape -> tape.dropCapabilities(List.of(Capability.NET_RAW, Capability.BPF), none);
        assertFails(AS_NOBODY.andThen(drop), 4, "prctl", "PR_CAPBSET_DROP, CAP_NET_RAW", "EPERM");
    }

    @Test
    void groupsWithoutThePrivilege() {
        assertNobodyFails(tape -> tape.groups(1, 2), "setgroups", "1, 2", "EPERM");
        assertNobodyFails(tape -> tape.group(0), "setresgid", "0, 0, 0", "EPERM");
        assertNobodyFails(tape -> tape.user(0), "setresuid", "0, 0, 0", "EPERM");
    }

    @Test
    void idsThatAreNone() {
        assumeRoot("set ids");
        assertFails(tape -> tape.groups(-1), 1, "setgroups", "-1", "EINVAL");
    }

    @Test
    void workingDirectoryThatIsNone() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertFails(tape -> tape.workingDirectory(path("none")), 1, "chdir", path("none").toString(), "ENOENT");
        assertFails(tape -> tape.workingDirectory(path("file")), 1, "chdir", file.toString(), "ENOTDIR");
    }

    @Test
    void workingDirectoryThatIsClosed() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assertThat(closed.toFile().setExecutable(false, false)).isTrue();
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        assertNobodyFails(tape -> tape.workingDirectory(path("closed")), "chdir", closed.toString(), "EACCES");
    }

    /** As if our parent had died between the clone and the prctl. */
    @Test
    void parentThatIsAnother() {
        int wrong = (int) LIBC.getpid() + 1;
        SpawnFailure failure = RealChild.failing(tape -> tape.parentDeathSignal(Signal.KILL, wrong));
        assertThat(failure).isEqualTo(new SpawnFailure(2, "getppid", "must be " + wrong, 0));
        assertThat(failure).hasToString("step 2, getppid(must be " + wrong + "): unexpected result");
    }

    @Test
    void programThatCannotBeExecuted() throws Exception {
        Files.createFile(folder.resolve("plain"));
        assertExecFails(path("none"), "ENOENT");
        assertExecFails(path("plain"), "EACCES");
        assertExecFails(path("plain/below"), "ENOTDIR");
        assertExecFails(CString.of(folder.toString()), "EACCES");
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        assertExecFails(path("loop"), "ELOOP");
        Path script = Files.writeString(folder.resolve("script"), "#!/none/such\n");
        assertThat(script.toFile().setExecutable(true, false)).isTrue();
        assertExecFails(path("script"), "ENOENT");
    }

    private static void assertExecFails(CString program, String errno) {
        for (boolean shellFallback : new boolean[]{false, true}) {
            SpawnFailure failure = RealChild.failing(SpawnTape.builder()
                    .umask(022)
                    .execute(program, List.of(program), List.of(), shellFallback)
                    .build());
            assertThat(failure).isEqualTo(new SpawnFailure(2, "execve", program.toString(), Errno.number(errno)));
            assertThat(failure.isExec()).isTrue();
        }
    }

    @Test
    void nothingBehindTheFailureIsDone() {
        assertFails(tape -> tape
                .redirectToFile(1, path("before"), FileMode.TRUNCATE)
                .workingDirectory(path("none"))
                .redirectToFile(1, path("behind"), FileMode.TRUNCATE), 3, "chdir", path("none").toString(), "ENOENT");
        assertThat(folder.resolve("before")).exists();
        assertThat(folder.resolve("behind")).doesNotExist();
    }

    /** The pidfd needs a descriptor, and there is none: a real failure of clone(2). */
    @Test
    void noProcessCouldBeCreated() {
        Rlimit now = Rlimit.current(LIBC, Resource.NOFILE);
        SpawnTape tape = SpawnTape.builder()
                .execute(CString.of("/bin/true"), List.of(), List.of(), false)
                .build();
        RealChild.cat(RealChild.NOTHING).close();
        SpawnResult result;
        limitDescriptors(new Rlimit(Resource.NOFILE, 0, now.hard()));
        try {
            result = tape.spawn(LIBC);
        } finally {
            limitDescriptors(now);
        }
        assertThat(result)
                .isEqualTo(new SpawnFailure(0, "clone", "CLONE_VM|CLONE_VFORK|CLONE_PIDFD", Errno.EMFILE))
                .hasToString("clone(CLONE_VM|CLONE_VFORK|CLONE_PIDFD): EMFILE (Too many open files)");
    }

    private static void limitDescriptors(Rlimit limit) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(16, 8);
            pair.set(ValueLayout.JAVA_LONG, 0, limit.soft());
            pair.set(ValueLayout.JAVA_LONG, 8, limit.hard());
            assertThat(LIBC.prlimit(0, Linux.RLIMIT_NOFILE(), pair, MemorySegment.NULL)).isZero();
        }
    }

    @Test
    void failuresLeaveNothingBehind() {
        SpawnTape tape = SpawnTape.builder()
                .workingDirectory(path("none"))
                .execute(CString.of("/bin/true"), List.of(), List.of(), false)
                .build();
        for (int i = 0; i < 200; i++) {
            assertThat(RealChild.failing(tape).errno()).isEqualTo(Errno.ENOENT);
        }
        // NoFdLeak looks for descriptors and zombies.
        assertThat(new Children(LIBC).peek().presence()).isEqualTo(Children.Presence.NONE);
    }

    /** Walking on behind its last step, the child would make system calls out of whatever lies there. */
    @Test
    void aTapeWithoutAProgramIsRefused() {
        assertThatThrownBy(() -> SpawnTape.builder().build()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> SpawnTape.builder().newSession().build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("setsid()");
        assertThatThrownBy(() -> SpawnTape.builder()
                .execute(CString.of("/bin/true"), List.of(), List.of(), true)
                .umask(022)
                .build()).isInstanceOf(IllegalStateException.class).hasMessageContaining("umask(022)");
    }
}
