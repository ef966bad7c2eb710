package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static dev.gatun.linux.Kernel.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.proc.ProcStatus;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a spawn does to the process and to the thread that spawns, and a tape in the place of this process. */
@ExtendWith(NoFdLeak.class)
class SpawnTapeParentTest {

    private static final SpawnTape TRUE = tape("/bin/true");

    /** SIGSEGV and others that a thread raises by what it does; blocked, the first of them ends the process. */
    private static final SignalSet FAULTS =
            SignalSet.of(Signal.ILL, Signal.TRAP, Signal.BUS, Signal.FPE, Signal.SEGV);

    @TempDir
    Path folder;

    private static SpawnTape tape(String program) {
        return SpawnTape.builder()
                .resetSignals(SignalSet.NONE)
                .execute(CString.of(program), CString.listOf(program), List.of(), false)
                .build();
    }

    private static void end(SpawnResult result) {
        Spawned spawned = (Spawned) result;
        assertThat(new Children(LIBC).await(spawned.pid()).orElseThrow().status()).isEqualTo(new WaitStatus(0));
        spawned.pidfd().close();
    }

    private static SignalSet blockedNow() {
        return ProcStatus.read(LIBC, "/proc/thread-self/status").orElseThrow().blocked();
    }

    @Test
    void theMaskOfTheCallerIsAsBefore() throws Exception {
        OwnThread.run(() -> {
            SignalSet.of(Signal.WINCH, new Signal(50)).block(LIBC);
            SignalSet before = blockedNow();
            end(TRUE.spawn(LIBC));
            assertThat(blockedNow()).isEqualTo(before);
            RealChild.failing(tape("/none"));
            assertThat(blockedNow()).isEqualTo(before);
        });
    }

    private static Libc walking(Runnable meanwhile) {
        return Kernel.with("walk_tape", arguments -> {
            meanwhile.run();
            return LIBC.walk_tape((long) arguments[0], (MemorySegment) arguments[1], (MemorySegment) arguments[2],
                    (MemorySegment) arguments[3]);
        });
    }

    /**
     * The JVM's compiled code loads from a page that is protected when a safepoint is due, and SIGSEGV is how the thread
     * notices. Were it blocked, the kernel would end the JVM; and some Java runs before and after the walk.
     */
    @Test
    void duringTheWalkEverythingIsBlockedButTheFaults() {
        AtomicReference<SignalSet> blocked = new AtomicReference<>();
        end(TRUE.spawn(walking(() -> blocked.set(blockedNow()))));
        // The C library does not let its own two be blocked.
        SignalSet everything = new SignalSet(-1).minus(32).minus(33).minus(9).minus(19);
        assertThat(blocked.get()).isEqualTo(everything.without(FAULTS));
    }

    @Test
    void theMaskIsRestoredWhenTheWalkIsNotPossible() throws Exception {
        Libc broken = walking(() -> {
            throw new LinuxException("mprotect", Errno.EACCES, "PROT_EXEC");
        });
        OwnThread.run(() -> {
            SignalSet before = blockedNow();
            assertThatThrownBy(() -> TRUE.spawn(broken)).hasMessageContaining("mprotect");
            assertThat(blockedNow()).isEqualTo(before);
        });
    }

    /**
     * A change of user in the child clears the flag on the memory, and that is ours. We would be without core dumps, and
     * without root our own files in {@code /proc} would be out of reach.
     */
    @Test
    void thisProcessStaysDumpable() {
        Kernel.assumeRoot("become somebody else");
        assertThat(dumpable()).as("before").isEqualTo(1);
        RealChild.cat(tape -> tape.groups().group(NOBODY).user(NOBODY)).close();
        assertThat(dumpable()).as("after a change of user in a child").isEqualTo(1);
        RealChild.failing(tape -> tape.group(NOBODY).workingDirectory(CString.of("/none")));
        assertThat(dumpable()).as("after a failure behind a change of group").isEqualTo(1);
    }

    @Test
    void aProcessThatIsNotDumpableStaysSo() {
        Kernel.assumeRoot("become somebody else");
        assertThat(LIBC.prctl(Linux.PR_SET_DUMPABLE(), 0, 0, 0, 0)).isZero();
        try {
            RealChild.cat(tape -> tape.user(NOBODY)).close();
            assertThat(dumpable()).isZero();
        } finally {
            LIBC.prctl(Linux.PR_SET_DUMPABLE(), 1, 0, 0, 0);
        }
    }

    private static long dumpable() {
        return LIBC.prctl(Linux.PR_GET_DUMPABLE(), 0, 0, 0, 0);
    }

    @Test
    void aTapeIsUsedAgainAndAgain() {
        SpawnTape tape = tape("/bin/true");
        for (int i = 0; i < 300; i++) {
            end(tape.spawn(LIBC));
        }
    }

    @Test
    void threadsSpawnTheSameTapeAtOnce() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                    .start(() -> {
                        for (int spawn = 0; spawn < 50; spawn++) {
                            end(TRUE.spawn(LIBC));
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void failingToBecomeTheProgramLeavesThisProcess() {
        CString none = CString.of(folder.resolve("none").toString());
        SpawnFailure failure = SpawnTape.builder()
                .umask(022)
                .execute(none, List.of(none), List.of(), true)
                .build()
                .become(LIBC);
        assertThat(failure).isEqualTo(new SpawnFailure(2, "execve", none.toString(), Errno.ENOENT));
    }

    @Test
    void becomesTheProgramInTheSameProcess() throws Exception {
        Path script = Files.writeString(folder.resolve("script"), "echo $$ \"$1\" $(umask) `cat`\n");
        assertThat(script.toFile().setExecutable(true, false)).isTrue();
        List<String> command = new ArrayList<>(ProbeJvm.command(Becoming.class));
        command.add(script.toString());
        try (RealChild child = RealChild.start(RealChild.NOTHING, command.toArray(new String[0]))) {
            child.say("input");
            int pid = child.pid();
            RealChild.Finished finished = child.finish();
            assertThat(finished.output()).isEqualTo(pid + " argument 0077 input\n");
            assertThat(finished.status()).isEqualTo(new WaitStatus(0));
        }
    }

    /** A JVM that becomes a shell script without a first line that says so. */
    static final class Becoming {

        private Becoming() {}

        public static void main(String[] arguments) {
            CString script = CString.of(arguments[0]);
            System.err.println(SpawnTape.builder()
                    .umask(077)
                    .closeDescriptorsExcept()
                    .resetSignals(SignalSet.NONE)
                    .execute(script, List.of(script, CString.of("argument")), RealChild.environment(), true)
                    .build()
                    .become(LIBC));
            System.exit(1);
        }
    }
}
