package dev.gatun.simulation;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The C library over a simulated kernel. */
final class SimulatedLibc extends RefusingLibc {

    private static final int CLOCK_REALTIME = 0;
    private static final int EPOLL_ADD = 1;
    private static final int EPOLL_DEL = 2;
    private static final int WNOHANG = 1;
    private static final int WUNTRACED = 2;
    private static final int WCONTINUED = 8;
    private static final int CONTINUED_STATUS = 0xffff;

    private final Kernel kernel;
    private final ProgramFiles files;

    SimulatedLibc(Kernel kernel, ProgramFiles files) {
        this.kernel = kernel;
        this.files = files;
    }

    /** Each call begins so: some time passes, seldom much. */
    private void enter() {
        kernel.spend(kernel.dice.between(100, 5_000) + kernel.faults.stall());
    }

    private long traced(String call, long result) {
        kernel.trace(() -> "  " + call + " = " + result);
        return result;
    }

    private long opened(String call, Supplier<SimFile> file) {
        int refusal = kernel.faults.onOpen();
        return traced(call, refusal != 0 ? -refusal : kernel.descriptors.install(file.get()));
    }

    @Override
    public long getpid() {
        return kernel.processes.us.pid;
    }

    @Override
    public long getppid() {
        SimProcess parent = kernel.processes.us.parent;
        return parent == null ? 0 : parent.pid;
    }

    @Override
    public long getuid() {
        return kernel.processes.us.uid;
    }

    @Override
    public long geteuid() {
        return kernel.processes.us.uid;
    }

    @Override
    public long kill(int pid, int signal) {
        enter();
        if (pid >= -1) {
            throw new Violation("kill(" + pid + "): only groups are signalled by number, processes by pidfd");
        }
        List<SimProcess> group = kernel.processes.group(-pid);
        if (group.isEmpty()) {
            return traced("kill(" + pid + ", " + signal + ")", -Faults.ESRCH);
        }
        group.forEach(member -> kernel.signals.attempted(member, signal));
        List<SimProcess> allowed = group.stream().filter(kernel.signals::mayWe).toList();
        allowed.forEach(member -> kernel.signals.fromUs(member, signal));
        if (allowed.isEmpty()) {
            kernel.faults.happened(Faults.Kind.PERMISSION_DENIED);
            return traced("kill(" + pid + ", " + signal + ")", -Faults.EPERM);
        }
        return traced("kill(" + pid + ", " + signal + ")", 0);
    }

    @Override
    public long pidfd_open(int pid, int flags) {
        kernel.spend(kernel.faults.stallBeforeUse());
        enter();
        String call = "pidfd_open(" + pid + ")";
        Optional<SimProcess> process = kernel.processes.find(pid);
        if (process.isEmpty()) {
            kernel.faults.happened(Faults.Kind.NO_SUCH_PROCESS);
            return traced(call, -Faults.ESRCH);
        }
        return opened(call, () -> new PidFile(process.get()));
    }

    @Override
    public long pidfd_send_signal(int pidfd, int signal) {
        enter();
        String call = "pidfd_send_signal(" + pidfd + ", " + signal + ")";
        Optional<PidFile> file = kernel.descriptors.find(pidfd, PidFile.class);
        if (file.isEmpty()) {
            throw new Violation(call + " on something else: " + kernel.descriptors.open());
        }
        SimProcess target = file.get().process;
        if (target.life == SimProcess.Life.GONE) {
            kernel.faults.happened(Faults.Kind.NO_SUCH_PROCESS);
            return traced(call, -Faults.ESRCH);
        }
        kernel.signals.attempted(target, signal);
        if (!kernel.signals.mayWe(target)) {
            kernel.faults.happened(Faults.Kind.PERMISSION_DENIED);
            return traced(call, -Faults.EPERM);
        }
        kernel.signals.fromUs(target, signal);
        return traced(call, 0);
    }

    @Override
    public long waitid(int idType, int id, MemorySegment info, int options) {
        enter();
        if (kernel.faults.interrupts()) {
            return -Faults.EINTR;
        }
        if (kernel.processes.us.children.isEmpty()) {
            return traced("waitid", -Faults.ECHILD);
        }
        Optional<SimProcess> zombie = kernel.deaths.zombieOfOurs();
        zombie.ifPresent(child -> info.set(ValueLayout.JAVA_INT, 16, child.pid));
        kernel.trace(() -> "  waitid finds " + zombie);
        return 0;
    }

    @Override
    public long wait4(int pid, MemorySegment status, int options, MemorySegment rusage) {
        enter();
        if (kernel.faults.interrupts()) {
            return -Faults.EINTR;
        }
        while (true) {
            List<SimProcess> candidates = kernel.processes.us.children.stream()
                    .filter(child -> pid == -1 || child.pid == pid)
                    .toList();
            if (candidates.isEmpty()) {
                return traced("wait4(" + pid + ")", -Faults.ECHILD);
            }
            for (SimProcess child : candidates) {
                if (isTold(child, status, options)) {
                    return traced("wait4(" + pid + ") of status 0x"
                            + Integer.toHexString(status.get(ValueLayout.JAVA_INT, 0)), child.pid);
                }
            }
            if ((options & WNOHANG) != 0) {
                return traced("wait4(" + pid + ")", 0);
            }
            kernel.sleep();
        }
    }

    private boolean isTold(SimProcess child, MemorySegment status, int options) {
        if (child.isZombie()) {
            status.set(ValueLayout.JAVA_INT, 0, child.waitStatus);
            kernel.deaths.reap(child);
            return true;
        }
        if (child.stopUntold && (options & WUNTRACED) != 0) {
            child.stopUntold = false;
            status.set(ValueLayout.JAVA_INT, 0, child.stopSignal << 8 | 0x7f);
            return true;
        }
        if (child.continueUntold && (options & WCONTINUED) != 0) {
            child.continueUntold = false;
            status.set(ValueLayout.JAVA_INT, 0, CONTINUED_STATUS);
            return true;
        }
        return false;
    }

    @Override
    public long pthread_sigmask(int how, MemorySegment set, MemorySegment oldSet) {
        return 0;
    }

    @Override
    public long signalfd(int fd, MemorySegment mask, int flags) {
        enter();
        return opened("signalfd", () -> new SignalFile(kernel.inbox));
    }

    @Override
    public long epoll_create1(int flags) {
        enter();
        return opened("epoll_create1", () -> new EpollFile(kernel));
    }

    @Override
    public long epoll_ctl(int epfd, int operation, int fd, MemorySegment event) {
        enter();
        EpollFile epoll = kernel.descriptors.find(epfd, EpollFile.class).orElseThrow();
        String call = "epoll_ctl(" + operation + ", " + fd + ")";
        Optional<SimFile> file = kernel.descriptors.find(fd);
        if (file.isEmpty()) {
            return traced(call, -Faults.EBADF);
        }
        if (operation == EPOLL_DEL) {
            return traced(call, epoll.remove(fd) ? 0 : -Faults.ENOENT);
        }
        int interest = event.get(ValueLayout.JAVA_INT_UNALIGNED, 0);
        EpollFile.Registration registration =
                new EpollFile.Registration(file.get(), interest, Abi.epollToken(event));
        if (operation != EPOLL_ADD) {
            return traced(call, epoll.modify(fd, registration) ? 0 : -Faults.ENOENT);
        }
        int refusal = kernel.faults.onWatch();
        if (refusal != 0) {
            return traced(call, -refusal);
        }
        return traced(call, epoll.add(fd, registration) ? 0 : -17);
    }

    @Override
    public long epoll_wait(int epfd, MemorySegment events, int maxEvents, int timeoutMillis) {
        enter();
        if (timeoutMillis >= 0) {
            throw new Violation("epoll_wait with a timeout: the loop has a timerfd");
        }
        if (kernel.faults.interrupts()) {
            return -Faults.EINTR;
        }
        EpollFile epoll = kernel.descriptors.find(epfd, EpollFile.class).orElseThrow();
        while (!epoll.isAnythingReady()) {
            kernel.sleep();
        }
        kernel.returned();
        List<EpollFile.Ready> ready = epoll.take(maxEvents);
        for (int i = 0; i < ready.size(); i++) {
            Abi.putEpollEvent(events, i, ready.get(i).readiness(), ready.get(i).token());
        }
        return traced("epoll_wait of " + epoll.size(), ready.size());
    }

    @Override
    public long poll(MemorySegment fds, long count, int timeoutMillis) {
        enter();
        int readiness = kernel.descriptors
                .find(fds.get(ValueLayout.JAVA_INT, 0))
                .orElseThrow()
                .readiness();
        short reported = (short) (readiness & fds.get(ValueLayout.JAVA_SHORT, 4));
        fds.set(ValueLayout.JAVA_SHORT, 6, reported);
        return reported == 0 ? 0 : 1;
    }

    @Override
    public long timerfd_create(int clock, int flags) {
        enter();
        return opened("timerfd_create", () -> new TimerFile(kernel));
    }

    @Override
    public long timerfd_settime(int fd, int flags, MemorySegment newValue, MemorySegment oldValue) {
        enter();
        TimerFile timer = kernel.descriptors.find(fd, TimerFile.class).orElseThrow();
        timer.set(newValue.get(ValueLayout.JAVA_LONG, 16), newValue.get(ValueLayout.JAVA_LONG, 24));
        return traced("timerfd_settime", 0);
    }

    @Override
    public long clock_gettime(int clock, MemorySegment time) {
        long nanos = clock == CLOCK_REALTIME ? kernel.wallNow() : kernel.now();
        time.set(ValueLayout.JAVA_LONG, 0, nanos / Kernel.NANOS_PER_SECOND);
        time.set(ValueLayout.JAVA_LONG, 8, nanos % Kernel.NANOS_PER_SECOND);
        return 0;
    }

    @Override
    public long eventfd(int initial, int flags) {
        enter();
        return opened("eventfd", () -> new EventFile(initial));
    }

    @Override
    public long open(MemorySegment path, int flags, int mode) {
        enter();
        String name = Abi.string(path);
        String[] parts = name.split("/");
        if (parts.length != 4 || !parts[1].equals("proc") || !parts[3].equals("stat")) {
            throw new Violation("open of a file that this world has not: " + name);
        }
        Optional<SimProcess> process = kernel.processes.find(Integer.parseInt(parts[2]));
        if (process.isEmpty()) {
            kernel.faults.happened(Faults.Kind.NO_SUCH_PROCESS);
            return traced("open(" + name + ")", -Faults.ENOENT);
        }
        return opened("open(" + name + ")", () -> new StatFile(process.get()));
    }

    @Override
    public long read(int fd, MemorySegment buffer, long count) {
        enter();
        if (kernel.faults.interrupts()) {
            return -Faults.EINTR;
        }
        Optional<SimFile> file = kernel.descriptors.find(fd);
        return file.isEmpty() ? -Faults.EBADF : file.get().read(buffer, count);
    }

    @Override
    public long write(int fd, MemorySegment buffer, long count) {
        enter();
        Optional<SimFile> file = kernel.descriptors.find(fd);
        return file.isEmpty() ? -Faults.EBADF : file.get().write(buffer, count);
    }

    @Override
    public long close(int fd) {
        enter();
        if (!kernel.descriptors.close(fd)) {
            throw new Violation("close of descriptor " + fd + ", which is not open");
        }
        return traced("close(" + fd + ")", 0);
    }

    @Override
    public long walk_tape(long cloneFlags, MemorySegment stackTop, MemorySegment pidfd, MemorySegment tape) {
        enter();
        return traced("walk_tape", new TapeWalk(kernel, files, new Tape(tape.address())).run(pidfd));
    }
}
