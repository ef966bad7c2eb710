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
        try (Servant servant = Servant.start();
                Servant stranger = Servant.start();
                TreeMemory tree = TreeMemory.of(LIBC, servant.pid())) {
            stranger.ask("grow 64");
            servant.ask("grow 1");
            Measurement alone = tree.measure(NEVER);
            assertThat(alone.processes()).isEqualTo(1);
            assertThat(alone.method()).isEqualTo(Method.RESIDENT);
            servant.pidFrom("fork");
            servant.pidFrom("fork");
            servant.ask("grow 32");
            Measurement three = tree.measure(NEVER);
            assertThat(three.processes()).isEqualTo(3);
            assertThat(three.bytes()).isBetween(alone.bytes() + 32 * MIB, 4 * alone.bytes() + 64 * MIB);
            assertThat(servant.ask("up")).isEqualTo("ended");
            assertThat(tree.measure(NEVER).processes()).isEqualTo(2);
            assertThat(tree.measure(NEVER).bytes()).isLessThan(three.bytes() - 32 * MIB);
        }
    }

    /** Read at the same moment, while nobody does anything. */
    @Test
    void residentIsWhatTheKernelSaysItIs() {
        try (Servant servant = Servant.start();
                TreeMemory tree = TreeMemory.of(LIBC, servant.pid());
                ProcessMemory process = ProcessMemory.of(LIBC, servant.pid())) {
            servant.ask("grow 16");
            long bytes = tree.measure(NEVER).bytes();
            assertThat(bytes).isEqualTo(process.measure(NEVER).bytes());
            String statm = servant.process().procText("statm");
            assertThat(bytes).isEqualTo(Long.parseLong(statm.split(" ")[1]) * LIBC.sysconf(Linux._SC_PAGESIZE()));
        }
    }

    @Test
    void pagesSharedAfterAForkAreCountedOnceWhereItMatters() {
        try (Servant servant = Servant.start(); TreeMemory tree = TreeMemory.of(LIBC, servant.pid())) {
            servant.ask("grow 64");
            int[] workers = new int[4];
            for (int i = 0; i < workers.length; i++) {
                workers[i] = servant.pidFrom("leave 1");
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
        try (Servant servant = Servant.start(); TreeMemory tree = TreeMemory.of(refusing, servant.pid())) {
            servant.ask("grow 16");
            servant.pidFrom("fork");
            Measurement rough = tree.measure(NEVER);
            assertThat(tree.measure(0)).isEqualTo(
                    new Measurement(rough.bytes(), Method.PARTLY_PROPORTIONAL, 2));
        }
    }

    @Test
    void oneProcessHasNoPageTwice() {
        try (Servant servant = Servant.start(); TreeMemory tree = TreeMemory.of(LIBC, servant.pid())) {
            assertThat(tree.measure(0).method()).isEqualTo(Method.RESIDENT);
        }
    }

    @Test
    void anOrphanThatWasSeenStaysInTheTree() {
        try (Servant servant = Servant.start()) {
            // The servant is the subreaper here, and its first child the root that is measured.
            int root = servant.pidFrom("fork");
            try (TreeMemory tree = TreeMemory.of(LIBC, root)) {
                int orphan = servant.pidFrom("orphan 32 session");
                assertThat(tree.measure(NEVER).processes()).isEqualTo(3);
                assertThat(servant.ask("go")).isEqualTo("orphaned");
                assertThat(tree.measure(NEVER).processes()).isEqualTo(2);
                assertThat(servant.ask("up")).isEqualTo("ended");
                Measurement left = tree.measure(NEVER);
                assertThat(left.processes()).isEqualTo(1);
                assertThat(left.bytes()).isGreaterThan(32 * MIB);
                kill(orphan);
            }
        }
    }

    @Test
    void anOrphanThatWasNeverSeenIsOfATreeByItsSessionAndOfTheAncestorInAnyCase() {
        try (Servant servant = Servant.start()) {
            int root = servant.pidFrom("fork session");
            int marked = servant.pidFrom("orphan 16");
            servant.ask("go");
            int daemon = servant.pidFrom("orphan 32 session");
            servant.ask("go");
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
        try (Servant servant = Servant.start(); TreeMemory below = TreeMemory.below(LIBC, servant.pid())) {
            int sidecar = servant.pidFrom("leave 64 session");
            below.except(sidecar);
            assertThat(below.measure(NEVER)).isEqualTo(new Measurement(0, Method.RESIDENT, 0));
            int primary = servant.pidFrom("leave 8 session");
            Measurement one = below.measure(NEVER);
            assertThat(one.processes()).isEqualTo(1);
            assertThat(one.bytes()).isBetween(8 * MIB, 63 * MIB);
            kill(sidecar, primary);
            assertThat(below.measure(NEVER).processes()).isZero();
        }
    }

    @Test
    void moreProcessesThanFilesAreKeptOpen() {
        try (Servant servant = Servant.start(); TreeMemory tree = TreeMemory.of(LIBC, servant.pid())) {
            int[] many = new int[300];
            for (int i = 0; i < many.length; i++) {
                many[i] = servant.pidFrom("leave 0");
            }
            for (int look = 0; look < 2; look++) {
                Measurement all = tree.measure(NEVER);
                assertThat(all.processes()).isEqualTo(301);
                assertThat(all.bytes()).isGreaterThan(300 * MIB);
            }
            kill(many);
            assertThat(tree.measure(NEVER).processes()).isEqualTo(1);
            int late = servant.pidFrom("leave 0");
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
