package dev.gatun.process;

import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import java.util.List;

/** What the processes of one {@link NativeProcLauncher} share. For the loop's thread. */
final class NativeWorld {

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

    /**
     * The descendants of a process. Of a thousand processes that are to be stopped at the same time many share a look at
     * all processes, which takes milliseconds.
     *
     * @param sinceNanos {@link System#nanoTime()} of the request: an older look would miss who has come since
     */
    List<ProcStat> descendants(int pid, long sinceNanos) {
        if (recent == null || recentNanos - sinceNanos < 0) {
            recentNanos = System.nanoTime();
            recent = processTree.snapshot();
        }
        return recent.descendants(pid);
    }
}
