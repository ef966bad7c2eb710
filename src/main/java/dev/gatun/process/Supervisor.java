package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.lifecycle.Lifecycle;
import dev.gatun.lifecycle.Policy;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Runs the pure core of {@code lifecycle} on an event loop, for one process or for many: it spawns, watches pidfds, keeps
 * timers and sends signals as the core says, and tells the core what came of it.
 *
 * <p>All of it belongs to the loop's thread. Children are spawned there too, since their parent death signal goes by the
 * thread that made them.
 */
public final class Supervisor {

    private final Libc libc;
    private final EventLoop loop;
    private final ProcessTree processTree;
    private final DoubleSupplier jitter;
    private final ProcessListener listener;
    private final Children children;
    private final Map<Integer, SupervisedProcess> byPid = new HashMap<>();
    private final List<SupervisedProcess> awaitingTree = new ArrayList<>();

    /**
     * A supervisor without processes.
     *
     * @param jitter uniform numbers in [0, 1) that spread back-offs
     */
    public Supervisor(
            Libc libc, EventLoop loop, ProcessTree processTree, DoubleSupplier jitter, ProcessListener listener) {
        this.libc = requireNonNull(libc);
        this.loop = requireNonNull(loop);
        this.processTree = requireNonNull(processTree);
        this.jitter = requireNonNull(jitter);
        this.listener = requireNonNull(listener);
        this.children = new Children(libc);
    }

    /**
     * Takes a process under supervision; {@link SupervisedProcess#start} starts it.
     *
     * @param name what messages and events call it
     * @param scope which processes count as its tree
     */
    public SupervisedProcess add(String name, ProcessSetup setup, Policy policy, TreeScope scope) {
        return add(name, setup, policy, scope, listener);
    }

    /** Takes a process under supervision that has a listener of its own, in place of the one for all. */
    public SupervisedProcess add(
            String name, ProcessSetup setup, Policy policy, TreeScope scope, ProcessListener ownListener) {
        Tree tree = new Tree(libc, processTree, children, scope);
        return new SupervisedProcess(this, name, setup, new Lifecycle(policy), tree, requireNonNull(ownListener));
    }

    /**
     * Waits for all children that have ended: our own, whose exits are handled, and orphans that the kernel handed to us
     * because we are PID 1 or a child subreaper. Call it for every SIGCHLD. One SIGCHLD can stand for many exits, so it
     * goes on until there are no more; and it looks before it takes ({@code WNOWAIT}), so that a child of ours is only
     * ever waited for by its own supervision.
     */
    public void reap() {
        while (true) {
            Children.Peek peek = children.peek();
            switch (peek.presence()) {
                case NONE -> {
                    treesAreGone();
                    return;
                }
                case RUNNING -> {
                    return;
                }
                case ENDED -> collect(peek.pid());
            }
        }
    }

    private void collect(int pid) {
        SupervisedProcess own = byPid.get(pid);
        if (own != null) {
            own.collect();
            return;
        }
        Optional<Children.Change> change = children.collect(pid);
        if (change.isPresent()) {
            try {
                listener.onStranger(pid, change.get());
            } catch (RuntimeException | Error problem) {
                loop.report(problem);
            }
        }
    }

    /** Looks whether a leader was stopped or continued; for callers that do job control, at every SIGCHLD. */
    public void observeStops() {
        for (SupervisedProcess process : List.copyOf(byPid.values())) {
            process.observeStop();
        }
    }

    /** Without any child left there is no descendant either, where orphans come to us. */
    private void treesAreGone() {
        for (SupervisedProcess process : List.copyOf(awaitingTree)) {
            process.treeIsGone();
        }
    }

    TreeWatch watchTree(Tree tree, int leader, Runnable gone) {
        return new TreeWatch(loop, processTree, tree, leader, gone);
    }

    void awaitTree(SupervisedProcess process) {
        if (!awaitingTree.contains(process)) {
            awaitingTree.add(process);
        }
    }

    void treeAwaited(SupervisedProcess process) {
        awaitingTree.remove(process);
    }

    void register(int pid, SupervisedProcess process) {
        byPid.put(pid, process);
    }

    void unregister(int pid) {
        byPid.remove(pid);
    }

    Libc libc() {
        return libc;
    }

    EventLoop loop() {
        return loop;
    }

    Children children() {
        return children;
    }

    double nextJitter() {
        return jitter.getAsDouble();
    }
}
