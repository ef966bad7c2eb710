package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static dev.gatun.linux.Kernel.NOBODY;
import static dev.gatun.linux.Kernel.assumeRoot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.Rlimit.Resource;
import dev.gatun.linux.SpawnTape.Builder.FileMode;
import dev.gatun.linux.proc.ProcFile;
import dev.gatun.linux.proc.ProcStat;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each step does to the child, read from the child in {@code /proc}, beside a child without the step. */
@ExtendWith(NoFdLeak.class)
class SpawnTapeTest {

    private static final int GROUP = 5;
    private static final int SESSION = 6;
    private static final int TERMINAL = 7;
    private static final int FOREGROUND = 8;
    private static final int NICE = 19;

    @TempDir
    Path folder;

    private CString path(String name) {
        return CString.of(folder.resolve(name).toString());
    }

    @Test
    void givesPidPidfdAndStartTime() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            Spawned spawned = child.spawned();
            ProcStat stat = ProcStat.read(LIBC, spawned.pid()).orElseThrow();
            assertThat(stat.parent()).isEqualTo((int) LIBC.getpid());
            assertThat(spawned.startTicks()).isEqualTo(stat.startTicks()).isEqualTo(child.stat(22));
            String info = ProcFile.readText(LIBC, "/proc/self/fdinfo/" + spawned.pidfd().number()).orElseThrow();
            assertThat(info).contains("Pid:\t" + spawned.pid() + "\n");
            assertThat(LIBC.fcntl(spawned.pidfd().number(), Linux.F_GETFD(), 0)).isEqualTo(Linux.FD_CLOEXEC());
        }
    }

    @Test
    void withoutStepsTheChildIsAsItsParent() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            assertThat(child.stat(GROUP)).isEqualTo(LIBC.getpgid(0));
            assertThat(child.stat(SESSION)).isEqualTo(LIBC.getsid(0));
            assertThat(child.link("cwd")).isEqualTo(Path.of("").toAbsolutePath().toString());
            assertThat(child.status("NoNewPrivs")).isEqualTo("0");
        }
    }

    @Test
    void newSession() {
        try (RealChild child = RealChild.cat(tape -> tape.newSession())) {
            assertThat(child.stat(SESSION)).isEqualTo(child.pid());
            assertThat(child.stat(GROUP)).isEqualTo(child.pid());
            assertThat(child.stat(TERMINAL)).isZero();
        }
    }

    @Test
    void newProcessGroup() {
        try (RealChild child = RealChild.cat(tape -> tape.newProcessGroup())) {
            assertThat(child.stat(GROUP)).isEqualTo(child.pid());
            assertThat(child.stat(SESSION)).isEqualTo(LIBC.getsid(0));
        }
    }

    @Test
    void controllingTerminal() {
        try (Pty pty = Pty.open();
                RealChild child = RealChild.cat(tape -> tape
                        .newSession()
                        .controllingTerminalIfFree(pty.slave()))) {
            assertThat(child.stat(TERMINAL)).isNotZero();
            assertThat(child.stat(FOREGROUND)).isEqualTo(child.pid());
        }
    }

    @Test
    void aTerminalThatIsTakenStaysWhereItIs() {
        try (Pty pty = Pty.open();
                RealChild first = RealChild.cat(tape -> tape.newSession().controllingTerminalIfFree(pty.slave()));
                RealChild second = RealChild.cat(tape -> tape.newSession().controllingTerminalIfFree(pty.slave()))) {
            assertThat(first.stat(TERMINAL)).isNotZero();
            assertThat(second.stat(TERMINAL)).isZero();
        }
    }

    /** A group of its own is in the background unless it is put into the foreground. */
    @Test
    void foreground() {
        try (Pty pty = Pty.open();
                RealChild shell = RealChild.start(tape -> tape
                        .newSession()
                        .controllingTerminalIfFree(pty.slave())
                        .redirect(2, pty.slave()), ProbeJvm.command(ForegroundProbe.class).toArray(new String[0]))) {
            String[] background = shell.line().split(" ");
            assertThat(background[1]).as("group in the foreground, seen by a child in a group of its own")
                    .isEqualTo(Integer.toString(shell.pid()));
            String[] foreground = shell.line().split(" ");
            assertThat(foreground[1]).isEqualTo(foreground[0]);
            assertThat(shell.finish().status()).isEqualTo(new WaitStatus(0));
        }
    }

    static final class ForegroundProbe {

        private ForegroundProbe() {}

        public static void main(String[] arguments) {
            try (RealChild behind = RealChild.cat(tape -> tape.newProcessGroup())) {
                System.out.println(behind.pid() + " " + behind.stat(FOREGROUND));
            }
            StandardStream terminal = StandardStream.error(LIBC);
            try (RealChild before = RealChild.cat(tape -> tape.newProcessGroup().foreground(terminal))) {
                System.out.println(before.pid() + " " + before.stat(FOREGROUND));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void limitOfEveryResource(Resource resource) {
        // Below what anybody has, and enough to start a program.
        Rlimit now = Rlimit.current(LIBC, resource);
        long soft = lower(now.soft(), resource.name().length() * 1024L * 1024 + 4096L * 1024 * 1024);
        long hard = lower(now.hard(), soft + (soft < now.hard() || now.hard() == Rlimit.UNLIMITED ? 4096 : 0));
        try (RealChild child = RealChild.cat(tape -> tape.limit(new Rlimit(resource, soft, hard)))) {
            String[] fields = child.procText("limits").split("\n")[1 + resource.number()].substring(26).trim()
                    .split(" +");
            assertThat(fields).startsWith(Long.toString(soft), Long.toString(hard));
        }
    }

    private static long lower(long limit, long other) {
        return limit == Rlimit.UNLIMITED ? other : Math.min(limit, other);
    }

    @Test
    void limitsOfTheParentStayAsTheyAre() {
        Rlimit before = Rlimit.current(LIBC, Resource.NOFILE);
        RealChild.cat(tape -> tape.limit(new Rlimit(Resource.NOFILE, 16, 16))).close();
        assertThat(Rlimit.current(LIBC, Resource.NOFILE)).isEqualTo(before);
    }

    @Test
    void umask() {
        String ours = ProcFile.readText(LIBC, "/proc/self/status").orElseThrow();
        try (RealChild child = RealChild.cat(tape -> tape.umask(0137))) {
            assertThat(child.status("Umask")).isEqualTo("0137");
        }
        String umask = ours.lines().filter(line -> line.startsWith("Umask")).findFirst().orElseThrow();
        assertThat(ProcFile.readText(LIBC, "/proc/self/status").orElseThrow()).as("of the parent").contains(umask);
    }

    @Test
    void userAndGroups() {
        assumeRoot("become somebody else");
        try (RealChild child = RealChild.cat(tape -> tape.groups(7, 1 << 30, 8).group(4321).user(1234))) {
            assertThat(child.status("Uid")).isEqualTo("1234 1234 1234 1234");
            assertThat(child.status("Gid")).isEqualTo("4321 4321 4321 4321");
            assertThat(child.status("Groups")).isEqualTo("7 8 1073741824");
            assertThat(child.statusBits("CapEff")).isZero();
            assertThat(child.statusBits("CapPrm")).isZero();
        }
        assertThat(LIBC.getuid()).as("of the parent").isZero();
        assertThat(LIBC.getegid()).as("of the parent").isZero();
    }

    @Test
    void noGroups() {
        assumeRoot("set groups");
        try (RealChild child = RealChild.cat(tape -> tape.groups())) {
            assertThat(child.status("Groups")).isEmpty();
        }
    }

    /** Ids are unsigned; this is the largest but one. */
    @Test
    void largestUser() {
        assumeRoot("become somebody else");
        try (RealChild child = RealChild.cat(tape -> tape.groups(-2).group(-2).user(-2))) {
            assertThat(child.status("Uid")).isEqualTo("4294967294 4294967294 4294967294 4294967294");
            assertThat(child.status("Gid")).isEqualTo("4294967294 4294967294 4294967294 4294967294");
            assertThat(child.status("Groups")).isEqualTo("4294967294");
        }
    }

    @Test
    void dropsCapabilities() throws Exception {
        assumeRoot("drop capabilities");
        long dropped = CapabilitySetsTest.bits(Capability.NET_RAW, Capability.SYSLOG);
        OwnThread.run(() -> {
            CapabilitySets now = CapabilitySets.current(LIBC);
            CapabilitySetsTest.set(new CapabilitySets(
                    now.effective(), now.permitted(), dropped | CapabilitySetsTest.bits(Capability.CHOWN)));
            for (Capability raised : List.of(Capability.NET_RAW, Capability.CHOWN)) {
                assertThat(LIBC.prctl(Linux.PR_CAP_AMBIENT(), 2, raised.number(), 0, 0)).isZero();
            }
            long bounding;
            try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
                bounding = child.statusBits("CapBnd");
                assertThat(child.statusBits("CapInh") & dropped).as("the control: not dropped").isEqualTo(dropped);
                assertThat(child.statusBits("CapAmb")).as("the control: not dropped").isNotZero();
                assertThat(child.statusBits("CapEff") & dropped).isEqualTo(dropped);
            }
            try (RealChild child = RealChild.cat(tape -> tape.dropCapabilities(
                    List.of(Capability.NET_RAW, Capability.SYSLOG), CapabilitySets.current(LIBC)))) {
                assertThat(child.statusBits("CapBnd")).isEqualTo(bounding & ~dropped);
                assertThat(child.statusBits("CapInh")).isEqualTo(CapabilitySetsTest.bits(Capability.CHOWN));
                assertThat(child.statusBits("CapAmb")).isZero();
                assertThat(child.statusBits("CapEff")).isEqualTo(now.effective() & ~dropped);
                assertThat(child.statusBits("CapPrm") & dropped).isZero();
            }
        });
    }

    @Test
    void clearsAmbientCapabilitiesAlone() throws Exception {
        assumeRoot("raise ambient capabilities");
        OwnThread.run(() -> {
            CapabilitySets now = CapabilitySets.current(LIBC);
            long chown = CapabilitySetsTest.bits(Capability.CHOWN);
            CapabilitySetsTest.set(new CapabilitySets(now.effective(), now.permitted(), chown));
            assertThat(LIBC.prctl(Linux.PR_CAP_AMBIENT(), 2, Capability.CHOWN.number(), 0, 0)).isZero();
            try (RealChild child = RealChild.cat(tape -> tape.clearAmbientCapabilities())) {
                assertThat(child.statusBits("CapAmb")).isZero();
                assertThat(child.statusBits("CapInh")).isEqualTo(chown);
            }
        });
    }

    @Test
    void noNewPrivileges() {
        try (RealChild child = RealChild.cat(tape -> tape.noNewPrivileges())) {
            assertThat(child.status("NoNewPrivs")).isEqualTo("1");
        }
        String ours = ProcFile.readText(LIBC, "/proc/self/status").orElseThrow();
        assertThat(ours).as("the parent").contains("NoNewPrivs:\t0");
    }

    @Test
    void workingDirectory() {
        try (RealChild child = RealChild.cat(tape -> tape.workingDirectory(CString.of(folder.toString())))) {
            assertThat(child.link("cwd")).isEqualTo(folder.toString());
        }
        assertThat(new File(".").getAbsoluteFile().getParentFile()).as("of the parent")
                .isEqualTo(Path.of("").toAbsolutePath().toFile());
        assertThat(ProcFile.read(LIBC, "pom.xml")).as("seen by the parent").isPresent();
    }

    @Test
    void laterPathsAreRelativeToTheWorkingDirectory() throws Exception {
        RealChild.Finished finished = RealChild.run(tape -> tape
                .workingDirectory(CString.of(folder.toString()))
                .redirectToFile(1, CString.of("out"), FileMode.TRUNCATE), "/bin/echo", "here");
        assertThat(finished.status()).isEqualTo(new WaitStatus(0));
        assertThat(folder.resolve("out")).hasContent("here\n");
    }

    @Test
    void oomScore() throws Exception {
        // Raising needs no privilege; lowering it again would.
        int ours = Integer.parseInt(ProcFile.readText(LIBC, "/proc/self/oom_score_adj").orElseThrow().trim());
        int higher = Math.min(1000, ours + 77);
        try (RealChild child = RealChild.cat(tape -> tape.oomScoreAdjustment(higher))) {
            assertThat(child.procText("oom_score_adj").trim()).isEqualTo(Integer.toString(higher));
        }
        assertThat(ProcFile.readText(LIBC, "/proc/self/oom_score_adj").orElseThrow().trim())
                .as("of the parent, whose memory the child shared").isEqualTo(Integer.toString(ours));
    }

    @Test
    void nice() {
        try (RealChild child = RealChild.cat(tape -> tape.nice(19))) {
            assertThat(child.stat(NICE)).isEqualTo(19);
        }
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            assertThat(child.stat(NICE)).as("without").isNotEqualTo(19);
        }
    }

    @Test
    void negativeNice() {
        assumeTrue(CapabilitySets.current(LIBC).isEffective(Capability.SYS_NICE), "skipped: CAP_SYS_NICE is needed");
        try (RealChild child = RealChild.cat(tape -> tape.nice(-7))) {
            assertThat(child.stat(NICE)).isEqualTo(-7);
        }
    }

    @Test
    void parentDeathSignalComesWithTheEndOfTheThread() throws Exception {
        RealChild child = OwnThread.call(() -> RealChild.cat(
                tape -> tape.parentDeathSignal(Signal.USR1, (int) LIBC.getpid())));
        try (child) {
            assertThat(child.collect().status().signal()).isEqualTo(Signal.USR1.number());
        }
    }

    /** The kernel forgets it with a change of user; behind the change it stays. */
    @Test
    void parentDeathSignalBehindAChangeOfUser() throws Exception {
        assumeRoot("become somebody else");
        RealChild child = OwnThread.call(() -> RealChild.cat(
                tape -> tape.user(NOBODY).parentDeathSignal(Signal.KILL, (int) LIBC.getpid())));
        try (child) {
            assertThat(child.collect().status().signal()).isEqualTo(Signal.KILL.number());
        }
    }

    @Test
    void redirectsToDevNull() {
        CString nothing = CString.of("/dev/null");
        try (RealChild child = RealChild.start(tape -> tape
                .redirectToFile(1, nothing, FileMode.TRUNCATE)
                .redirectToFile(2, nothing, FileMode.APPEND), "/bin/cat")) {
            Kernel.await("exec", () -> child.procText("comm").equals("cat\n"));
            assertThat(child.link("fd/1")).isEqualTo("/dev/null");
            assertThat(child.link("fd/2")).isEqualTo("/dev/null");
        }
        RealChild.Finished finished = RealChild.run(
                tape -> tape.redirectToFile(0, nothing, FileMode.READ), "/bin/cat");
        assertThat(finished.output()).isEmpty();
        assertThat(finished.status()).isEqualTo(new WaitStatus(0));
    }

    @Test
    void readsFromAFile() throws Exception {
        Files.writeString(folder.resolve("in"), "from the file");
        RealChild.Finished finished = RealChild.run(
                tape -> tape.redirectToFile(0, path("in"), FileMode.READ), "/bin/cat");
        assertThat(finished.output()).isEqualTo("from the file");
    }

    @Test
    void overwritesAFile() throws Exception {
        Files.writeString(folder.resolve("out"), "something longer than that");
        RealChild.run(tape -> tape.redirectToFile(1, path("out"), FileMode.TRUNCATE), "/bin/echo", "new");
        assertThat(folder.resolve("out")).hasContent("new\n");
    }

    @Test
    void createsAFileByTheUmask() throws Exception {
        RealChild.run(tape -> tape.umask(0027).redirectToFile(1, path("out"), FileMode.TRUNCATE), "/bin/echo", "new");
        assertThat(folder.resolve("out")).hasContent("new\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("out"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void appendsToAFile() throws Exception {
        for (int i = 0; i < 2; i++) {
            RealChild.run(tape -> tape.redirectToFile(1, path("out"), FileMode.APPEND), "/bin/echo", "line");
        }
        assertThat(folder.resolve("out")).hasContent("line\nline\n");
    }

    @Test
    void mergesErrorIntoOutput() throws Exception {
        String script = "echo out; echo err >&2; echo out again";
        RealChild.run(tape -> tape
                .redirectToFile(1, path("both"), FileMode.TRUNCATE)
                .mergeErrorIntoOutput(), "/bin/sh", "-c", script);
        assertThat(folder.resolve("both")).hasContent("out\nerr\nout again\n");
    }

    @Test
    void redirectsToAPipe() {
        try (Pipe error = Pipe.open(LIBC)) {
            RealChild.Finished finished = RealChild.run(
                    tape -> tape.redirect(2, error.writeEnd()), "/bin/sh", "-c", "echo out; echo err >&2");
            assertThat(finished.output()).isEqualTo("out\n");
            assertThat(Kernel.read(error.readEnd())).asString().isEqualTo("err\n");
        }
    }

    /** In the order of the tape, as a shell does it. */
    @Test
    void laterRedirectionsOverrideEarlierOnes() throws Exception {
        RealChild.run(tape -> tape
                .redirectToFile(1, path("first"), FileMode.TRUNCATE)
                .mergeErrorIntoOutput()
                .redirectToFile(1, path("second"), FileMode.TRUNCATE), "/bin/sh", "-c", "echo out; echo err >&2");
        assertThat(folder.resolve("first")).hasContent("err\n");
        assertThat(folder.resolve("second")).hasContent("out\n");
    }

    @Test
    void describesItsSteps() {
        SpawnTape tape = SpawnTape.builder()
                .newSession()
                .limit(new Rlimit(Resource.NOFILE, 5, Rlimit.UNLIMITED))
                .umask(022)
                .oomScoreAdjustment(-5)
                .parentDeathSignal(Signal.KILL, 77)
                .closeDescriptorsExcept(5)
                .execute(CString.of("/bin/true"), List.of(), List.of(), true)
                .build();
        assertThat(tape.describe()).containsExactly(
                "setsid()", "setrlimit(RLIMIT_NOFILE, 5:unlimited)", "umask(022)",
                "open(/proc/self/oom_score_adj, O_WRONLY)", "write(/proc/self/oom_score_adj, \"-5\")",
                "prctl(PR_SET_PDEATHSIG, SIGKILL)", "getppid(must be 77)",
                "close_range(3, 4, CLOSE_RANGE_CLOEXEC)", "close_range(6, ~0, CLOSE_RANGE_CLOEXEC)",
                "execve(/bin/true)", "execve(/bin/sh, /bin/true)");
        assertThat(tape.size()).isEqualTo(11);
    }
}
