package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.TapeStep.Bytes;
import dev.gatun.linux.TapeStep.Feed;
import dev.gatun.linux.TapeStep.Operand;
import dev.gatun.linux.TapeStep.Shared;
import dev.gatun.linux.TapeStep.Text;
import dev.gatun.linux.TapeStep.Texts;
import dev.gatun.linux.TapeStep.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * All that a new process does between its creation and its program, as a list of raw system calls.
 *
 * <p>A child must never run Java: after {@code fork} the JVM's other threads are gone, and 1 to 57 % of such children
 * hang at the first safepoint ({@code bench} has the experiment). {@code posix_spawn} can do little more than redirect
 * files. So the calls are written down in Java and made by a hundred bytes of machine code ({@code
 * src/main/asm/ARCH/spawn.s}), in a child made by {@code clone(CLONE_VM | CLONE_VFORK | CLONE_PIDFD)}: it shares our
 * memory, and our thread stands still, until the program runs. Each result lands in that memory, so a failure is exact
 * ({@code step 4, setrlimit(RLIMIT_NOFILE, 65536): EPERM}), the program is not executed after one, and there is a pidfd
 * from the first instant. {@code clone3} would be younger, but Docker's default seccomp profile answers ENOSYS.
 *
 * <p>The steps are made in the order in which the builder gets them. Some orders are traps: {@link
 * Builder#parentDeathSignal} is forgotten by the kernel when the user changes, so it comes after {@link Builder#user};
 * limits can be raised only before privileges go.
 *
 * <p>A tape is immutable, holds no native memory and may be used again. Spawn from one thread that lives as long as the
 * children: the parent death signal goes by the thread, not by the process (prctl(2)).
 */
public final class SpawnTape {

    private static final long CLONE_FLAGS =
            Linux.CLONE_VM() | Linux.CLONE_VFORK() | Linux.CLONE_PIDFD() | Signal.CHLD.number();

    /** {@code sizeof} the kernel's signal set, which the raw calls want to be told. */
    private static final long KERNEL_SIGSET_BYTES = 8;

    /**
     * What is blocked around the walk: all but what a thread raises by what it does itself. HotSpot notices a safepoint by
     * SIGSEGV, and a blocked one would end the process; some Java runs on either side of the walk, most at the first. The
     * child raises none.
     */
    private static final SignalSet BLOCKED =
            new SignalSet(-1).without(SignalSet.of(Signal.ILL, Signal.TRAP, Signal.BUS, Signal.FPE, Signal.SEGV));

    private static final CString SHELL = CString.of("/bin/sh");

    private final List<TapeStep> steps;
    private final boolean changesCredentials;

    private SpawnTape(List<TapeStep> steps) {
        this.steps = List.copyOf(steps);
        boolean changes = false;
        for (TapeStep step : steps) {
            changes |= step.call() == SystemCall.SETRESUID || step.call() == SystemCall.SETRESGID;
        }
        changesCredentials = changes;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** How many system calls it makes. */
    public int size() {
        return steps.size();
    }

    /** The steps in words, in order, as {@code --explain} prints them. */
    public List<String> describe() {
        List<String> lines = new ArrayList<>(steps.size());
        for (TapeStep step : steps) {
            lines.add(step.describe());
        }
        return lines;
    }

    /**
     * Creates the process and returns when it runs its program, or when it has failed and is gone.
     *
     * @return {@link Spawned} or {@link SpawnFailure}
     */
    public SpawnResult spawn(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            TapeMemory memory = new TapeMemory(arena, steps);
            MemorySegment blocked = BLOCKED.allocate(arena);
            MemorySegment mask = SignalSet.NONE.allocate(arena);
            long dumpable = changesCredentials ? libc.prctl(Linux.PR_GET_DUMPABLE(), 0, 0, 0, 0) : 0;
            // A handler of the JVM must not run in the child, which would run it in our memory. The tape resets the
            // dispositions before it lets signals in again.
            libc.pthread_sigmask(Linux.SIG_SETMASK(), blocked, mask);
            long pid;
            try {
                pid = libc.walk_tape(CLONE_FLAGS, memory.stackTop(), memory.pidfd(), memory.entries());
            } finally {
                libc.pthread_sigmask(Linux.SIG_SETMASK(), mask, MemorySegment.NULL);
            }
            if (dumpable == 1) {
                // A change of user or group clears the flag of the memory (prctl(2)), which the child shared with us. Only
                // now is it set again: in between, others of that user could have traced the child in our memory.
                libc.prctl(Linux.PR_SET_DUMPABLE(), 1, 0, 0, 0);
            }
            if (pid < 0) {
                return new SpawnFailure(0, "clone", "CLONE_VM|CLONE_VFORK|CLONE_PIDFD", (int) -pid);
            }
            PidFd pidfd = new PidFd(libc, memory.pidfdNumber());
            int violation = memory.violation();
            if (violation < 0) {
                return new Spawned(libc, (int) pid, pidfd);
            }
            pidfd.close();
            new Children(libc).await((int) pid);
            return failure(memory, violation);
        }
    }

    /**
     * Makes the calls in the calling thread, the program's execution the last of them: where all goes well, this
     * process becomes the program and the method does not return.
     */
    public SpawnFailure become(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            TapeMemory memory = new TapeMemory(arena, steps);
            libc.walk_tape(0, MemorySegment.NULL, MemorySegment.NULL, memory.entries());
            return failure(memory, memory.violation());
        }
    }

    private SpawnFailure failure(TapeMemory memory, int violation) {
        TapeStep step = steps.get(violation);
        long result = memory.result(violation);
        int errno = result < 0 ? (int) -result : 0;
        return new SpawnFailure(violation + 1, step.name(), String.valueOf(step.argument()), errno);
    }

    /** Collects the steps of a tape. For one thread. */
    public static final class Builder {

        private final List<TapeStep> steps = new ArrayList<>(96);

        private Builder() {}

        private Builder add(SystemCall call, String name, Object argument, Operand... operands) {
            steps.add(TapeStep.of(call, name, argument, operands));
            return this;
        }

        private static Value value(long value) {
            return new Value(value);
        }

        /** A new session, and with it a new process group and no controlling terminal. */
        public Builder newSession() {
            return add(SystemCall.SETSID, "setsid", "");
        }

        /** A new process group that the child leads. */
        public Builder newProcessGroup() {
            return add(SystemCall.SETPGID, "setpgid", "0, 0", value(0), value(0));
        }

        /**
         * Takes the terminal as the controlling one of the new session (ioctl_tty(2)), and goes on without where it is
         * that of another session, or no terminal at all.
         */
        public Builder controllingTerminalIfFree(Fd terminal) {
            steps.add(TapeStep.of(
                    SystemCall.IOCTL,
                    "ioctl",
                    "TIOCSCTTY",
                    value(terminal.number()),
                    value(Linux.TIOCSCTTY()),
                    value(0))
                    .optional());
            return this;
        }

        /**
         * Puts the child's process group into the foreground, and goes on without where the terminal is gone. All signals
         * are blocked yet, so SIGTTOU can't stop it.
         */
        public Builder foreground(Fd terminal) {
            steps.add(TapeStep.of(SystemCall.GETPID, "getpid", "").feeding(Feed.CELL));
            steps.add(TapeStep.of(
                    SystemCall.IOCTL,
                    "tcsetpgrp",
                    "own group",
                    value(terminal.number()),
                    value(Linux.TIOCSPGRP()),
                    Shared.CELL)
                    .optional());
            return this;
        }

        /** Moves the child into a cgroup through its {@code cgroup.procs} (v1 and v2) or {@code tasks} (v1). */
        public Builder cgroup(CString procsFile) {
            return writeFile(procsFile, "0");
        }

        /** How eagerly the kernel kills the child when memory runs out, -1000 to 1000 (proc_pid_oom_score_adj(5)). */
        public Builder oomScoreAdjustment(int adjustment) {
            return writeFile(CString.of("/proc/self/oom_score_adj"), Integer.toString(adjustment));
        }

        private Builder writeFile(CString path, String content) {
            byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
            steps.add(opening(path, Linux.O_WRONLY(), "O_WRONLY", Feed.NEXT_STEP));
            steps.add(TapeStep.of(
                    SystemCall.WRITE,
                    "write",
                    path + ", \"" + content + "\"",
                    value(0),
                    new Bytes(bytes),
                    value(bytes.length))
                    .requiring(bytes.length));
            return this;
        }

        private static TapeStep opening(CString path, int flags, String flagNames, Feed feed) {
            return TapeStep.of(
                    SystemCall.OPENAT,
                    "open",
                    path + ", " + flagNames,
                    value(Linux.AT_FDCWD()),
                    new Text(path),
                    value(flags | Linux.O_CLOEXEC()),
                    value(0666))
                    .feeding(feed);
        }

        /** Scheduling priority, -20 (first) to 19 (last). */
        public Builder nice(int nice) {
            return add(
                    SystemCall.SETPRIORITY,
                    "setpriority",
                    "PRIO_PROCESS, " + nice,
                    value(Linux.PRIO_PROCESS()),
                    value(0),
                    value(nice));
        }

        /** A resource limit. */
        public Builder limit(Rlimit limit) {
            ByteBuffer pair = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
            pair.putLong(limit.soft()).putLong(limit.hard());
            String argument =
                    "RLIMIT_" + limit.resource() + ", " + Rlimit.text(limit.soft()) + ":" + Rlimit.text(limit.hard());
            return add(
                    SystemCall.PRLIMIT64,
                    "setrlimit",
                    argument,
                    value(0),
                    value(limit.resource().number()),
                    new Bytes(pair.array()),
                    value(0));
        }

        /** The processors that the child and what it starts may run on (sched_setaffinity(2)). */
        public Builder processors(BitSet processors) {
            byte[] mask = mask(processors);
            return add(
                    SystemCall.SCHED_SETAFFINITY,
                    "sched_setaffinity",
                    CpuList.text(processors),
                    value(0),
                    value(mask.length),
                    new Bytes(mask));
        }

        /** The NUMA nodes that the memory of the child and of what it starts comes from, and no others (set_mempolicy(2)). */
        public Builder memoryNodes(BitSet nodes) {
            byte[] mask = mask(nodes);
            // The kernel takes one bit less than it is told.
            return add(
                    SystemCall.SET_MEMPOLICY,
                    "set_mempolicy",
                    "MPOL_BIND, " + CpuList.text(nodes),
                    value(Linux.MPOL_BIND()),
                    new Bytes(mask),
                    value(Byte.SIZE * mask.length + 1L));
        }

        /** Whole words, as the kernel wants them. */
        private static byte[] mask(BitSet set) {
            long[] words = set.toLongArray();
            ByteBuffer mask =
                    ByteBuffer.allocate(Math.max(1, words.length) * Long.BYTES).order(ByteOrder.nativeOrder());
            mask.asLongBuffer().put(words);
            return mask.array();
        }

        /** The permission bits that new files do not get. */
        public Builder umask(int mask) {
            return add(SystemCall.UMASK, "umask", "0" + Integer.toOctalString(mask), value(mask));
        }

        /** Makes the child's descriptor 0, 1 or 2 a copy of one of ours, or of its own standard output (merge). */
        public Builder redirect(int target, Fd source) {
            return redirect(target, source.number(), source.toString());
        }

        /** Sends the child's standard error to where its standard output goes by now. */
        public Builder mergeErrorIntoOutput() {
            return redirect(2, 1, "1");
        }

        private Builder redirect(int target, int source, String name) {
            return add(SystemCall.DUP3, "dup3", name + ", " + target, value(source), value(target), value(0));
        }

        /** Opens a file for the child's descriptor 0, 1 or 2: to read, to overwrite or to append to. */
        public Builder redirectToFile(int target, CString path, FileMode mode) {
            steps.add(opening(path, mode.flags(), mode.flagNames(), Feed.NEXT_STEP));
            return redirect(target, 0, path.toString());
        }

        /** How a file is opened for a standard stream. */
        public enum FileMode {
            READ,
            TRUNCATE,
            APPEND;

            int flags() {
                return switch (this) {
                    case READ -> Linux.O_RDONLY();
                    case TRUNCATE -> Linux.O_WRONLY() | Linux.O_CREAT() | Linux.O_TRUNC();
                    case APPEND -> Linux.O_WRONLY() | Linux.O_CREAT() | Linux.O_APPEND();
                };
            }

            String flagNames() {
                return switch (this) {
                    case READ -> "O_RDONLY";
                    case TRUNCATE -> "O_WRONLY|O_CREAT|O_TRUNC";
                    case APPEND -> "O_WRONLY|O_CREAT|O_APPEND";
                };
            }
        }

        /**
         * Takes capabilities from the bounding set, so that no program below ever gets them, and from the inheritable
         * set, by which a program run by root would get them past the bounding set (capabilities(7)). Before {@link
         * #user}: it needs CAP_SETPCAP.
         *
         * @param now this process's capability sets
         */
        public Builder dropCapabilities(List<Capability> dropped, CapabilitySets now) {
            add(
                    SystemCall.CAPSET,
                    "capset",
                    "inheritable without the dropped",
                    new Bytes(CapabilitySets.header()),
                    new Bytes(now.withoutInheritable(dropped).data()));
            for (Capability capability : dropped) {
                add(
                        SystemCall.PRCTL,
                        "prctl",
                        "PR_CAPBSET_DROP, " + capability,
                        value(Linux.PR_CAPBSET_DROP()),
                        value(capability.number()));
            }
            return clearAmbientCapabilities();
        }

        /** Empties the ambient set: an ordinary program then gains no capability by its execution. */
        public Builder clearAmbientCapabilities() {
            return add(
                    SystemCall.PRCTL,
                    "prctl",
                    "PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL",
                    value(Linux.PR_CAP_AMBIENT()),
                    value(Linux.PR_CAP_AMBIENT_CLEAR_ALL()),
                    value(0),
                    value(0),
                    value(0));
        }

        /** Supplementary groups. */
        public Builder groups(int... gids) {
            ByteBuffer list = ByteBuffer.allocate(4 * gids.length).order(ByteOrder.nativeOrder());
            StringBuilder names = new StringBuilder();
            for (int gid : gids) {
                list.putInt(gid);
                names.append(names.isEmpty() ? "" : ", ").append(gid);
            }
            return add(SystemCall.SETGROUPS, "setgroups", names, value(gids.length), new Bytes(list.array()));
        }

        /** Real, effective and saved group. Before {@link #user}. */
        public Builder group(int gid) {
            String argument = gid + ", " + gid + ", " + gid;
            return add(SystemCall.SETRESGID, "setresgid", argument, value(gid), value(gid), value(gid));
        }

        /**
         * Real, effective and saved user. The raw call: the C library's would ask every thread of the process, which
         * here is ours, to do the same.
         */
        public Builder user(int uid) {
            String argument = uid + ", " + uid + ", " + uid;
            return add(SystemCall.SETRESUID, "setresuid", argument, value(uid), value(uid), value(uid));
        }

        /** No program below gains privileges by being executed. */
        public Builder noNewPrivileges() {
            return add(
                    SystemCall.PRCTL,
                    "prctl",
                    "PR_SET_NO_NEW_PRIVS, 1",
                    value(Linux.PR_SET_NO_NEW_PRIVS()),
                    value(1),
                    value(0),
                    value(0),
                    value(0));
        }

        /** The working directory, which relative paths of later steps start from. */
        public Builder workingDirectory(CString path) {
            return add(SystemCall.CHDIR, "chdir", path, new Text(path));
        }

        /**
         * Sends the child a signal when our spawning thread ends, and ends the child at once should that have happened
         * already. After {@link #user}.
         *
         * @param parentPid our own pid, which the child must find as its parent
         */
        public Builder parentDeathSignal(Signal signal, int parentPid) {
            add(
                    SystemCall.PRCTL,
                    "prctl",
                    new Words("PR_SET_PDEATHSIG, ", signal),
                    value(Linux.PR_SET_PDEATHSIG()),
                    value(signal.number()));
            steps.add(TapeStep.of(SystemCall.GETPPID, "getppid", new Words("must be ", parentPid))
                    .requiring(parentPid));
            return this;
        }

        /**
         * Closes every descriptor above 2 when the program is executed, but for those given.
         *
         * @param kept numbers that the program inherits, ascending
         */
        public Builder closeDescriptorsExcept(int... kept) {
            int from = 3;
            for (int descriptor : kept) {
                if (descriptor > from) {
                    closeRange(from, descriptor - 1);
                }
                from = Math.max(from, descriptor + 1);
            }
            return closeRange(from, -1);
        }

        private Builder closeRange(int first, int last) {
            return add(
                    SystemCall.CLOSE_RANGE,
                    "close_range",
                    new Words(first, ", ", last == -1 ? "~0" : last, ", CLOSE_RANGE_CLOEXEC"),
                    value(first),
                    value(last & 0xffffffffL),
                    value(Linux.CLOSE_RANGE_CLOEXEC()));
        }

        /**
         * Default dispositions and an empty mask. An execution resets handlers but neither ignored signals nor the
         * mask, and the mask is full here.
         *
         * @param untouched signals whose disposition is left as it is
         */
        public Builder resetSignals(SignalSet untouched) {
            return resetSignals(untouched, SignalSet.NONE);
        }

        /**
         * Default dispositions and a mask.
         *
         * @param untouched signals whose disposition is left as it is
         * @param blocked the mask
         */
        public Builder resetSignals(SignalSet untouched, SignalSet blocked) {
            SignalSet fixed = untouched.union(SignalSet.of(Signal.KILL, Signal.STOP));
            int first = 1;
            for (int signal = 1; signal <= Signal.MAX + 1; signal++) {
                if (signal > Signal.MAX || fixed.contains(signal)) {
                    addDefaults(first, signal - 1);
                    first = signal + 1;
                }
            }
            steps.add(mask(blocked));
            return this;
        }

        /** One entry for a range of signals: sixty entries would take longer to lay out than the rest of the spawn. */
        private void addDefaults(int first, int last) {
            if (first > last) {
                return;
            }
            steps.add(TapeStep.of(
                    SystemCall.RT_SIGACTION,
                    "sigaction",
                    new SignalRange(first, last),
                    value(first),
                    Shared.ZEROS,
                    value(0),
                    value(KERNEL_SIGSET_BYTES))
                    .repeatedTo(last));
        }

        private static TapeStep mask(SignalSet blocked) {
            ByteBuffer set = ByteBuffer.allocate((int) KERNEL_SIGSET_BYTES).order(ByteOrder.nativeOrder());
            return TapeStep.of(
                    SystemCall.RT_SIGPROCMASK,
                    "sigprocmask",
                    new Words("SIG_SETMASK, ", blocked.isEmpty() ? "none" : blocked),
                    value(Linux.SIG_SETMASK()),
                    blocked.isEmpty() ? Shared.ZEROS : new Bytes(set.putLong(blocked.bits()).array()),
                    value(0),
                    value(KERNEL_SIGSET_BYTES));
        }

        /**
         * The program, as the last step.
         *
         * @param path what is executed, without a search
         * @param shellFallback hand a file that has no known format to {@code /bin/sh}, as execvp(3) does
         */
        public Builder execute(CString path, List<CString> arguments, List<CString> environment,
                boolean shellFallback) {
            Texts variables = new Texts(environment);
            TapeStep exec = TapeStep.of(
                    SystemCall.EXECVE, "execve", path, new Text(path), new Texts(arguments), variables);
            // execve returns only when it fails. Its result can be required to be ENOEXEC, to go on behind it, or to
            // be what it never is, to end there.
            steps.add(exec.requiring(shellFallback ? -Errno.ENOEXEC : 1));
            if (shellFallback) {
                List<CString> script = new ArrayList<>(List.of(SHELL, path));
                script.addAll(arguments.subList(Math.min(1, arguments.size()), arguments.size()));
                steps.add(TapeStep.of(
                        SystemCall.EXECVE,
                        "execve",
                        new Words(SHELL, ", ", path),
                        new Text(SHELL),
                        new Texts(script),
                        variables)
                        .requiring(1));
            }
            return this;
        }

        /**
         * The tape.
         *
         * @throws IllegalStateException if {@link #execute} was not the last: a child would walk on into whatever lies
         *     behind
         */
        public SpawnTape build() {
            TapeStep last = steps.isEmpty() ? null : steps.get(steps.size() - 1);
            if (last == null || last.call() != SystemCall.EXECVE) {
                throw new IllegalStateException("the last step of a tape is its program, not "
                        + (last == null ? "nothing" : last.describe()));
            }
            return new SpawnTape(steps);
        }
    }

    /** An argument as messages show it, put together when there is a message: a third of the time to write a tape. */
    private record Words(Object... parts) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (Object part : parts) {
                text.append(part);
            }
            return text.toString();
        }
    }

    private record SignalRange(int first, int last) {
        @Override
        public String toString() {
            String names = first == last ? Signal.name(first) : Signal.name(first) + " to " + Signal.name(last);
            return names + ", SIG_DFL";
        }
    }
}
