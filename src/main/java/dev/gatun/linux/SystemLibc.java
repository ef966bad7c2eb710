package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The real C library, called through one method handle.
 *
 * <p><b>The trick.</b> What makes the start of a Java program slow is not a foreign call but each distinct function
 * <em>shape</em>: linking one costs 5 to 10 ms, because bytecode and a native stub are made for it. So there is one
 * shape here for every function: {@code (address, capture, long × 6) -> long}. In the calling conventions of x86-64 and
 * aarch64 integers and pointers both travel in registers, the first six arguments in registers of their own, and a
 * callee does not look at those it has no parameter for. Two things follow. A C {@code int} result leaves the upper half
 * of the result register undefined, so {@link #result} narrows it; and a variadic function takes its arguments in the
 * same registers (on x86-64 it also reads {@code al}, the number of vector registers to save: any value will do, as it
 * only guards stores to the callee's own stack). 32-bit parameters ignore the upper half of their register.
 *
 * <p>{@code errno} is captured by the linker right behind the call, before the JVM can spoil it. The capture segment is
 * one a thread and is reused. No call is linked as {@code critical}: that would hold off garbage collection for as long
 * as the call blocks, and measures no faster.
 *
 * <p>Functions younger than glibc 2.28 go through {@code syscall(2)}, so that old distributions need no fallback.
 * Thread-safe.
 */
public final class SystemLibc implements Libc {

    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.captureCallState("errno"));

    /** On Linux the captured state is a single C int. */
    private static final ThreadLocal<NativeMemory> CAPTURE =
            ThreadLocal.withInitial(() -> NativeMemory.allocate(Arena.ofAuto(), 4));

    private final SpawnStub stub = new SpawnStub(this);

    private static long call(MemorySegment function, long a, long b, long c, long d, long e, long f) {
        return call(function, CAPTURE.get().segment(), a, b, c, d, e, f);
    }

    private static long call(
            MemorySegment function, MemorySegment capture, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) CALL.invokeExact(function, capture, a, b, c, d, e, f);
        } catch (Throwable impossible) {
            // A downcall throws nothing; what arrives here is the JVM's own trouble (StackOverflowError, say).
            throw new AssertionError(impossible);
        }
    }

    /** Calls a function with an {@code int} result: narrows it, and gives {@code -errno} where it is -1. */
    private static long result(MemorySegment function, long a, long b, long c, long d, long e, long f) {
        NativeMemory capture = CAPTURE.get();
        int result = (int) call(function, capture.segment(), a, b, c, d, e, f);
        return result == -1 ? -capture.getInt(0) : result;
    }

    /** Calls a function with a {@code long} or pointer-sized result. */
    private static long wideResult(MemorySegment function, long a, long b, long c, long d, long e, long f) {
        NativeMemory capture = CAPTURE.get();
        long result = call(function, capture.segment(), a, b, c, d, e, f);
        return result == -1 ? -capture.getInt(0) : result;
    }

    /** Calls a function whose result is an id, which is unsigned and no error: above 2^31 it would look like one. */
    private static long id(MemorySegment function) {
        return call(function, 0, 0, 0, 0, 0, 0) & 0xffffffffL;
    }

    private static long syscall(long number, long a, long b, long c, long d) {
        return wideResult(Linux.syscall.address(), number, a, b, c, d, 0);
    }

    @Override
    public long getpid() {
        return result(Linux.getpid$address(), 0, 0, 0, 0, 0, 0);
    }

    @Override
    public long getppid() {
        return result(Linux.getppid$address(), 0, 0, 0, 0, 0, 0);
    }

    @Override
    public long getuid() {
        return id(Linux.getuid$address());
    }

    @Override
    public long geteuid() {
        return id(Linux.geteuid$address());
    }

    @Override
    public long getegid() {
        return id(Linux.getegid$address());
    }

    @Override
    public long getsid(int pid) {
        return result(Linux.getsid$address(), pid, 0, 0, 0, 0, 0);
    }

    @Override
    public long getpgid(int pid) {
        return result(Linux.getpgid$address(), pid, 0, 0, 0, 0, 0);
    }

    @Override
    public long kill(int pid, int signal) {
        return result(Linux.kill$address(), pid, signal, 0, 0, 0, 0);
    }

    @Override
    public long pidfd_open(int pid, int flags) {
        return syscall(Linux.SYS_pidfd_open(), pid, flags, 0, 0);
    }

    @Override
    public long pidfd_send_signal(int pidfd, int signal) {
        return syscall(Linux.SYS_pidfd_send_signal(), pidfd, signal, 0, 0);
    }

    @Override
    public long waitid(int idType, int id, MemorySegment info, int options) {
        return result(Linux.waitid$address(), idType, id, info.address(), options, 0, 0);
    }

    @Override
    public long wait4(int pid, MemorySegment status, int options, MemorySegment rusage) {
        return result(Linux.wait4$address(), pid, status.address(), options, rusage.address(), 0, 0);
    }

    @Override
    public long prctl(int option, long arg2, long arg3, long arg4, long arg5) {
        return result(Linux.prctl.address(), option, arg2, arg3, arg4, arg5, 0);
    }

    @Override
    public long capget(MemorySegment header, MemorySegment data) {
        return syscall(SystemCall.CAPGET.number(), header.address(), data.address(), 0, 0);
    }

    @Override
    public long prlimit(int pid, int resource, MemorySegment newLimit, MemorySegment oldLimit) {
        return result(Linux.prlimit$address(), pid, resource, newLimit.address(), oldLimit.address(), 0, 0);
    }

    /** The pthread functions return their error number instead of setting {@code errno}. */
    @Override
    public long pthread_sigmask(int how, MemorySegment set, MemorySegment oldSet) {
        return -(int) call(Linux.pthread_sigmask$address(), how, set.address(), oldSet.address(), 0, 0, 0);
    }

    @Override
    public long sigaction(int signal, MemorySegment action, MemorySegment oldAction) {
        return result(Linux.sigaction$address(), signal, action.address(), oldAction.address(), 0, 0, 0);
    }

    @Override
    public long signalfd(int fd, MemorySegment mask, int flags) {
        return result(Linux.signalfd$address(), fd, mask.address(), flags, 0, 0, 0);
    }

    @Override
    public long epoll_create1(int flags) {
        return result(Linux.epoll_create1$address(), flags, 0, 0, 0, 0, 0);
    }

    @Override
    public long epoll_ctl(int epfd, int operation, int fd, MemorySegment event) {
        return result(Linux.epoll_ctl$address(), epfd, operation, fd, event.address(), 0, 0);
    }

    @Override
    public long epoll_wait(int epfd, MemorySegment events, int maxEvents, int timeoutMillis) {
        return result(Linux.epoll_wait$address(), epfd, events.address(), maxEvents, timeoutMillis, 0, 0);
    }

    @Override
    public long poll(MemorySegment fds, long count, int timeoutMillis) {
        return result(Linux.poll$address(), fds.address(), count, timeoutMillis, 0, 0, 0);
    }

    @Override
    public long timerfd_create(int clock, int flags) {
        return result(Linux.timerfd_create$address(), clock, flags, 0, 0, 0, 0);
    }

    @Override
    public long timerfd_settime(int fd, int flags, MemorySegment newValue, MemorySegment oldValue) {
        return result(Linux.timerfd_settime$address(), fd, flags, newValue.address(), oldValue.address(), 0, 0);
    }

    @Override
    public long clock_gettime(int clock, MemorySegment time) {
        return result(Linux.clock_gettime$address(), clock, time.address(), 0, 0, 0, 0);
    }

    @Override
    public long localtime_r(MemorySegment time, MemorySegment result) {
        // It answers with its second argument, or with null and an errno.
        return result(Linux.localtime_r$address(), time.address(), result.address(), 0, 0, 0, 0) == 0
                ? -Errno.EOVERFLOW
                : 0;
    }

    @Override
    public long eventfd(int initial, int flags) {
        return result(Linux.eventfd$address(), initial, flags, 0, 0, 0, 0);
    }

    @Override
    public long inotify_init1(int flags) {
        return result(Linux.inotify_init1$address(), flags, 0, 0, 0, 0, 0);
    }

    @Override
    public long inotify_add_watch(int fd, MemorySegment path, int mask) {
        return result(Linux.inotify_add_watch$address(), fd, path.address(), mask, 0, 0, 0);
    }

    @Override
    public long inotify_rm_watch(int fd, int watch) {
        return result(Linux.inotify_rm_watch$address(), fd, watch, 0, 0, 0, 0);
    }

    @Override
    public long pipe2(MemorySegment fds, int flags) {
        return result(Linux.pipe2$address(), fds.address(), flags, 0, 0, 0, 0);
    }

    @Override
    public long dup3(int from, int to, int flags) {
        return result(Linux.dup3$address(), from, to, flags, 0, 0, 0);
    }

    @Override
    public long fcntl(int fd, int command, long argument) {
        return result(Linux.fcntl.address(), fd, command, argument, 0, 0, 0);
    }

    @Override
    public long ioctl(int fd, long request, MemorySegment argument) {
        return result(Linux.ioctl.address(), fd, request, argument.address(), 0, 0, 0);
    }

    @Override
    public long socket(int domain, int type, int protocol) {
        return result(Linux.socket$address(), domain, type, protocol, 0, 0, 0);
    }

    @Override
    public long bind(int fd, MemorySegment address, int length) {
        return result(Linux.bind$address(), fd, address.address(), length, 0, 0, 0);
    }

    @Override
    public long listen(int fd, int backlog) {
        return result(Linux.listen$address(), fd, backlog, 0, 0, 0, 0);
    }

    @Override
    public long accept4(int fd, MemorySegment address, MemorySegment length, int flags) {
        return result(Linux.accept4$address(), fd, address.address(), length.address(), flags, 0, 0);
    }

    @Override
    public long connect(int fd, MemorySegment address, int length) {
        return result(Linux.connect$address(), fd, address.address(), length, 0, 0, 0);
    }

    @Override
    public long getsockname(int fd, MemorySegment address, MemorySegment length) {
        return result(Linux.getsockname$address(), fd, address.address(), length.address(), 0, 0, 0);
    }

    @Override
    public long getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment length) {
        return result(Linux.getsockopt$address(), fd, level, name, value.address(), length.address(), 0);
    }

    @Override
    public long setsockopt(int fd, int level, int name, MemorySegment value, int length) {
        return result(Linux.setsockopt$address(), fd, level, name, value.address(), length, 0);
    }

    @Override
    public long sendto(int fd, MemorySegment buffer, long count, int flags, MemorySegment address, int length) {
        return wideResult(Linux.sendto$address(), fd, buffer.address(), count, flags, address.address(), length);
    }

    @Override
    public long recvmsg(int fd, MemorySegment message, int flags) {
        return wideResult(Linux.recvmsg$address(), fd, message.address(), flags, 0, 0, 0);
    }

    @Override
    public long shutdown(int fd, int how) {
        return result(Linux.shutdown$address(), fd, how, 0, 0, 0, 0);
    }

    @Override
    public long open(MemorySegment path, int flags, int mode) {
        return result(Linux.open.address(), path.address(), flags, mode, 0, 0, 0);
    }

    @Override
    public long read(int fd, MemorySegment buffer, long count) {
        return wideResult(Linux.read$address(), fd, buffer.address(), count, 0, 0, 0);
    }

    @Override
    public long write(int fd, MemorySegment buffer, long count) {
        return wideResult(Linux.write$address(), fd, buffer.address(), count, 0, 0, 0);
    }

    @Override
    public long close(int fd) {
        return result(Linux.close$address(), fd, 0, 0, 0, 0, 0);
    }

    @Override
    public long close_range(int first, int last, int flags) {
        return syscall(Linux.SYS_close_range(), first, last, flags, 0);
    }

    @Override
    public long chdir(MemorySegment path) {
        return result(Linux.chdir$address(), path.address(), 0, 0, 0, 0, 0);
    }

    @Override
    public long mkdir(MemorySegment path, int mode) {
        return result(Linux.mkdir$address(), path.address(), mode, 0, 0, 0, 0);
    }

    @Override
    public long chmod(MemorySegment path, int mode) {
        return result(Linux.chmod$address(), path.address(), mode, 0, 0, 0, 0);
    }

    @Override
    public long access(MemorySegment path, int mode) {
        return result(Linux.access$address(), path.address(), mode, 0, 0, 0, 0);
    }

    @Override
    public long readlink(MemorySegment path, MemorySegment buffer, long size) {
        return wideResult(Linux.readlink$address(), path.address(), buffer.address(), size, 0, 0, 0);
    }

    @Override
    public long unlink(MemorySegment path) {
        return result(Linux.unlink$address(), path.address(), 0, 0, 0, 0, 0);
    }

    @Override
    public long rename(MemorySegment from, MemorySegment to) {
        return result(Linux.rename$address(), from.address(), to.address(), 0, 0, 0, 0);
    }

    @Override
    public long statfs(MemorySegment path, MemorySegment buffer) {
        return result(Linux.statfs$address(), path.address(), buffer.address(), 0, 0, 0, 0);
    }

    @Override
    public long uname(MemorySegment buffer) {
        return result(Linux.uname$address(), buffer.address(), 0, 0, 0, 0, 0);
    }

    @Override
    public long sysconf(int name) {
        return wideResult(Linux.sysconf$address(), name, 0, 0, 0, 0, 0);
    }

    @Override
    public long sched_getaffinity(int pid, long size, MemorySegment mask) {
        return result(Linux.sched_getaffinity$address(), pid, size, mask.address(), 0, 0, 0);
    }

    @Override
    public long sched_setaffinity(int pid, long size, MemorySegment mask) {
        return result(Linux.sched_setaffinity$address(), pid, size, mask.address(), 0, 0, 0);
    }

    @Override
    public long mmap(long address, long length, int protection, int flags, int fd, long offset) {
        return wideResult(Linux.mmap$address(), address, length, protection, flags, fd, offset);
    }

    @Override
    public long mprotect(long address, long length, int protection) {
        return result(Linux.mprotect$address(), address, length, protection, 0, 0, 0);
    }

    @Override
    public long munmap(long address, long length) {
        return result(Linux.munmap$address(), address, length, 0, 0, 0, 0);
    }

    @Override
    public long execve(MemorySegment path, MemorySegment argv, MemorySegment envp) {
        return result(Linux.execve$address(), path.address(), argv.address(), envp.address(), 0, 0, 0);
    }

    /** The stub makes its system calls itself, so its result is {@code -errno} already and {@code errno} is not set. */
    @Override
    public long walk_tape(long cloneFlags, MemorySegment stackTop, MemorySegment pidfd, MemorySegment tape) {
        return call(
                stub.address(), cloneFlags, stackTop.address(), pidfd.address(), tape.address(), 0, 0);
    }
}
