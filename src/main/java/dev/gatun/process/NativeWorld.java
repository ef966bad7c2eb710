package dev.gatun.process;

import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import java.time.Duration;
import java.util.List;

/** What the processes of one {@link NativeProcLauncher} share. For the loop's thread. */
final class NativeWorld {

    /** When a thousand processes are stopped, a look at all processes for each would take half a minute. */
    private static final long RECENT_NANOS = Duration.ofMillis(20).toNanos();

    private final Libc libc;
    private final EventLoop loop;
    private final ProcessTree processTree;
    private final Children children;
    private final ReadBuffer readBuffer = new ReadBuffer();
    private ProcessTree.Snapshot recent;
    private long recentNanos;

    NativeWorld(Libc libc, EventLoop loop) {
        this.libc = libc;
        this.loop = loop;
        this.processTree = new ProcessTree(libc);
        this.children = new Children(libc);
    }

    Libc libc() {
        return libc;
    }

    EventLoop loop() {
        return loop;
    }

    ProcessTree processTree() {
        return processTree;
    }

    Children children() {
        return children;
    }

    ReadBuffer readBuffer() {
        return readBuffer;
    }

    Tree tree() {
        return new Tree(libc, processTree, children, TreeScope.OWN);
    }

    /** The descendants of a process, now or a moment ago. */
    List<ProcStat> recentDescendants(int pid) {
        long nanos = loop.nanos();
        if (recent == null || nanos - recentNanos > RECENT_NANOS) {
            recent = processTree.snapshot();
            recentNanos = loop.nanos();
        }
        return recent.descendants(pid);
    }
}
