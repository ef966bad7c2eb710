package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.proc.Measurement;
import dev.gatun.linux.proc.Measurement.Method;
import dev.gatun.linux.proc.ProcessMemory;
import dev.gatun.linux.proc.TreeMemory;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On real processes, which do what is asked of them line by line. */
@ExtendWith(NoFdLeak.class)
class TreeMemoryTest {

    private static final long MIB = 1 << 20;
    private static final long NEVER = Long.MAX_VALUE;

    /**
     * A process that reads lines and answers. {@code grow MIB} takes memory; {@code fork} makes a child whom the next
     * lines are for, and {@code up} ends it; {@code leave MIB} makes a child that only has memory; {@code orphan MIB}
     * such a grandchild, whose parent ends with the next line. With {@code session} behind it the new process begins a
     * session. Orphans come to the first process, and all end when the input does.
     */
    private static final String SERVANT = """
            import ctypes, os, select, sys
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) # PR_SET_CHILD_SUBREAPER
            held = []
            def answer(text):
                os.write(1, (str(text) + "\\n").encode())
            def take(mib):
                held.append(bytearray(b"x") * (mib << 20))
            def wait_for_ever():
                poll = select.poll()
                poll.register(0, 0) # until nobody can write there any more
                poll.poll()
                os._exit(0)
            def serve():
                while True:
                    words = sys.stdin.readline().split()
                    if not words:
                        os._exit(0)
                    if words[0] == "grow":
                        take(int(words[1]))
                        answer("grown")
                    elif words[0] == "fork":
                        child = os.fork()
                        if child == 0:
                            if words[-1] == "session":
                                os.setsid()
                            answer(os.getpid())
                            serve()
                            os._exit(0)
                        os.waitpid(child, 0)
                        answer("ended")
                    elif words[0] == "up":
                        return
                    elif words[0] in ("leave", "orphan"):
                        steps, answers = os.pipe()
                        middle = os.fork()
                        if middle == 0:
                            if words[0] == "orphan":
                                if os.fork() != 0:
                                    os.read(steps, 1)
                                    os._exit(0)
                            if words[-1] == "session":
                                os.setsid()
                            take(int(words[1]))
                            answer(os.getpid())
                            wait_for_ever()
                        if words[0] == "orphan":
                            sys.stdin.readline()
                            os.write(answers, b"x")
                            os.waitpid(middle, 0)
                            answer("orphaned")
                        os.close(steps)
                        os.close(answers)
            serve()
            """;

    private static RealChild servant() {
        return RealChild.start(
                builder -> builder.newSession(), "/usr/bin/env", "python3", "-S", "-c", SERVANT);
    }

    private static String ask(RealChild servant, String request) {
        servant.say(request);
        return servant.line();
    }

    private static int pidFrom(RealChild servant, String request) {
        return Integer.parseInt(ask(servant, request));
    }

    private static void kill(int... pids) {
        for (int pid : pids) {
            LIBC.kill(pid, Signal.KILL.number());
            // Its end is its reaper's to take; for the test it is enough that it has no memory any more.
            Kernel.await("end of " + pid, () -> {
                try (ProcessMemory memory = ProcessMemory.of(LIBC, pid)) {
                    return memory.measure(0).processes() == 0;
                } catch (LinuxException gone) {
                    return true;
                }
            });
        }
    }

    @Test
    void aTreeIsARootAndWhatIsBelowItAndNobodyElse() {
        try (RealChild servant = servant();
                RealChild stranger = servant();
                TreeMemory tree = TreeMemory.of(LIBC, servant.pid())) {
            ask(stranger, "grow 64");
            ask(servant, "grow 1");
            Measurement alone = tree.measure(NEVER);
            assertThat(alone.processes()).isEqualTo(1);
            assertThat(alone.method()).isEqualTo(Method.RESIDENT);
            pidFrom(servant, "fork");
            pidFrom(servant, "fork");
            ask(servant, "grow 32");
            Measurement three = tree.measure(NEVER);
            assertThat(three.processes()).isEqualTo(3);
            assertThat(three.bytes()).isBetween(alone.bytes() + 32 * MIB, 4 * alone.bytes() + 64 * MIB);
            assertThat(ask(servant, "up")).isEqualTo("ended");
            assertThat(tree.measure(NEVER).processes()).isEqualTo(2);
            assertThat(tree.measure(NEVER).bytes()).isLessThan(three.bytes() - 32 * MIB);
        }
    }

    /** Read at the same moment, while nobody does anything. */
    @Test
    void residentIsWhatTheKernelSaysItIs() {
        try (RealChild servant = servant();
                TreeMemory tree = TreeMemory.of(LIBC, servant.pid());
                ProcessMemory process = ProcessMemory.of(LIBC, servant.pid())) {
            ask(servant, "grow 16");
            long bytes = tree.measure(NEVER).bytes();
            assertThat(bytes).isEqualTo(process.measure(NEVER).bytes());
            String statm = servant.procText("statm");
            assertThat(bytes).isEqualTo(Long.parseLong(statm.split(" ")[1]) * LIBC.sysconf(Linux._SC_PAGESIZE()));
        }
    }

    @Test
    void pagesSharedAfterAForkAreCountedOnceWhereItMatters() {
        try (RealChild servant = servant(); TreeMemory tree = TreeMemory.of(LIBC, servant.pid())) {
            ask(servant, "grow 64");
            int[] workers = new int[4];
            for (int i = 0; i < workers.length; i++) {
                workers[i] = pidFrom(servant, "leave 1");
            }
            Measurement rough = tree.measure(NEVER);
            assertThat(rough.processes()).isEqualTo(5);
            assertThat(rough.method()).isEqualTo(Method.RESIDENT);
            assertThat(rough.bytes()).isGreaterThan(5 * 64 * MIB);
            Measurement exact = tree.measure(rough.bytes());
            assertThat(exact.processes()).isEqualTo(5);
            assertThat(exact.method()).isEqualTo(Method.PROPORTIONAL);
            assertThat(exact.bytes()).isBetween(64 * MIB, 2 * 64 * MIB);
            kill(workers);
        }
    }

    @Test
    void aProcessThatMayNotBeReadCloselyCountsWhole() {
        Libc refusing = Kernel.with("open", arguments -> {
            String path = ((MemorySegment) arguments[0]).reinterpret(64).getString(0);
            return path.endsWith("/smaps_rollup")
                    ? -Errno.EACCES
                    : LIBC.open((MemorySegment) arguments[0], (int) arguments[1], (int) arguments[2]);
        });
        try (RealChild servant = servant(); TreeMemory tree = TreeMemory.of(refusing, servant.pid())) {
            ask(servant, "grow 16");
            pidFrom(servant, "fork");
            Measurement rough = tree.measure(NEVER);
            assertThat(tree.measure(0)).isEqualTo(
                    new Measurement(rough.bytes(), Method.PARTLY_PROPORTIONAL, 2));
        }
    }

    @Test
    void oneProcessHasNoPageTwice() {
        try (RealChild servant = servant(); TreeMemory tree = TreeMemory.of(LIBC, servant.pid())) {
            assertThat(tree.measure(0).method()).isEqualTo(Method.RESIDENT);
        }
    }

    @Test
    void anOrphanThatWasSeenStaysInTheTree() {
        try (RealChild servant = servant()) {
            // The servant is the subreaper here, and its first child the root that is measured.
            int root = pidFrom(servant, "fork");
            try (TreeMemory tree = TreeMemory.of(LIBC, root)) {
                int orphan = pidFrom(servant, "orphan 32 session");
                assertThat(tree.measure(NEVER).processes()).isEqualTo(3);
                assertThat(ask(servant, "go")).isEqualTo("orphaned");
                assertThat(tree.measure(NEVER).processes()).isEqualTo(2);
                assertThat(ask(servant, "up")).isEqualTo("ended");
                Measurement left = tree.measure(NEVER);
                assertThat(left.processes()).isEqualTo(1);
                assertThat(left.bytes()).isGreaterThan(32 * MIB);
                kill(orphan);
            }
        }
    }

    @Test
    void anOrphanThatWasNeverSeenIsOfATreeByItsSessionAndOfTheAncestorInAnyCase() {
        try (RealChild servant = servant()) {
            int root = pidFrom(servant, "fork session");
            int marked = pidFrom(servant, "orphan 16");
            ask(servant, "go");
            int daemon = pidFrom(servant, "orphan 32 session");
            ask(servant, "go");
            try (TreeMemory tree = TreeMemory.of(LIBC, root);
                    TreeMemory below = TreeMemory.below(LIBC, servant.pid())) {
                assertThat(tree.measure(NEVER).processes()).isEqualTo(2);
                assertThat(below.measure(NEVER).processes()).isEqualTo(3);
                kill(daemon);
                assertThat(below.measure(NEVER)).isEqualTo(tree.measure(NEVER));
            }
            kill(marked);
        }
    }

    @Test
    void anExceptionIsLeftOutWithAllThatComesOfIt() {
        try (RealChild servant = servant(); TreeMemory below = TreeMemory.below(LIBC, servant.pid())) {
            int sidecar = pidFrom(servant, "leave 64 session");
            below.except(sidecar);
            assertThat(below.measure(NEVER)).isEqualTo(new Measurement(0, Method.RESIDENT, 0));
            int primary = pidFrom(servant, "leave 8 session");
            Measurement one = below.measure(NEVER);
            assertThat(one.processes()).isEqualTo(1);
            assertThat(one.bytes()).isBetween(8 * MIB, 63 * MIB);
            kill(sidecar, primary);
            assertThat(below.measure(NEVER).processes()).isZero();
        }
    }

    @Test
    void moreProcessesThanFilesAreKeptOpen() {
        try (RealChild servant = servant(); TreeMemory tree = TreeMemory.of(LIBC, servant.pid())) {
            int[] many = new int[300];
            for (int i = 0; i < many.length; i++) {
                many[i] = pidFrom(servant, "leave 0");
            }
            for (int look = 0; look < 2; look++) {
                Measurement all = tree.measure(NEVER);
                assertThat(all.processes()).isEqualTo(301);
                assertThat(all.bytes()).isGreaterThan(300 * MIB);
            }
            kill(many);
            assertThat(tree.measure(NEVER).processes()).isEqualTo(1);
            int late = pidFrom(servant, "leave 0");
            assertThat(tree.measure(NEVER).processes()).isEqualTo(2);
            kill(late);
        }
    }

    @Test
    void aRootThatIsNotThereHasNoMemory() {
        try (TreeMemory tree = TreeMemory.of(LIBC, 1 << 30)) {
            assertThat(tree.measure(0)).isEqualTo(new Measurement(0, Method.RESIDENT, 0));
        }
        assertThatThrownBy(() -> ProcessMemory.of(LIBC, 1 << 30))
                .hasMessage("open(/proc/1073741824/statm): ENOENT (No such file or directory)");
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING);
                ProcessMemory memory = ProcessMemory.of(LIBC, child.pid());
                TreeMemory tree = TreeMemory.of(LIBC, child.pid())) {
            assertThat(memory.measure(0).processes()).isEqualTo(1);
            child.send(Signal.KILL);
            child.awaitEnd();
            assertThat(memory.measure(0)).as("as a zombie").isEqualTo(new Measurement(0, Method.RESIDENT, 0));
            assertThat(tree.measure(0)).isEqualTo(new Measurement(0, Method.RESIDENT, 0));
            child.collect();
            assertThat(memory.measure(0)).as("gone").isEqualTo(new Measurement(0, Method.RESIDENT, 0));
            assertThat(tree.measure(0)).isEqualTo(new Measurement(0, Method.RESIDENT, 0));
        }
    }

    @Test
    void aShortageOfDescriptorsIsSaidAndForgotten() {
        boolean[] exhausted = {false};
        Libc poor = Kernel.with("open", arguments -> exhausted[0]
                ? -Errno.EMFILE
                : LIBC.open((MemorySegment) arguments[0], (int) arguments[1], (int) arguments[2]));
        try (RealChild child = RealChild.cat(RealChild.NOTHING);
                TreeMemory tree = TreeMemory.of(poor, child.pid())) {
            assertThat(tree.measure(NEVER).processes()).isEqualTo(1);
            exhausted[0] = true;
            assertThatThrownBy(() -> tree.measure(NEVER))
                    .hasMessage("open(/proc): EMFILE (Too many open files)");
            exhausted[0] = false;
            assertThat(tree.measure(NEVER).processes()).isEqualTo(1);
        }
    }
}
