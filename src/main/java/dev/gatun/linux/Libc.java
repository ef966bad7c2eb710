package dev.gatun.linux;

import java.lang.foreign.MemorySegment;

/**
 * The C library, one method a function, with the names and parameter orders of the man pages.
 *
 * <p>Every method returns what the kernel returns: the result, or {@code -errno}; nothing here throws. The typed objects
 * of this package turn failures into {@link LinuxException}. {@link SystemLibc} calls the real library; tests put a
 * simulated kernel in its place, which is why even the clock is read through this interface.
 *
 * <p>A {@link MemorySegment} argument is passed as its address: the caller keeps the segment alive until the call
 * returns. {@link MemorySegment#NULL} is a null pointer. Methods may be called from any thread; those that act on "the
 * calling thread" act on the carrier of the caller, so call them from platform threads.
 */
public interface Libc {

    long getpid();

    long getppid();

    long getuid();

    long geteuid();

    long getegid();

    long getsid(int pid);

    long getpgid(int pid);

    long kill(int pid, int signal);

    long pidfd_open(int pid, int flags);

    long pidfd_send_signal(int pidfd, int signal);

    /** {@code waitid} without its {@code siginfo_t} laid out: 128 bytes of {@code info} are filled by the kernel. */
    long waitid(int idType, int id, MemorySegment info, int options);

    long wait4(int pid, MemorySegment status, int options, MemorySegment rusage);

    long prctl(int option, long arg2, long arg3, long arg4, long arg5);

    long capget(MemorySegment header, MemorySegment data);

    long prlimit(int pid, int resource, MemorySegment newLimit, MemorySegment oldLimit);

    long pthread_sigmask(int how, MemorySegment set, MemorySegment oldSet);

    long sigaction(int signal, MemorySegment action, MemorySegment oldAction);

    long signalfd(int fd, MemorySegment mask, int flags);

    long epoll_create1(int flags);

    long epoll_ctl(int epfd, int operation, int fd, MemorySegment event);

    long epoll_wait(int epfd, MemorySegment events, int maxEvents, int timeoutMillis);

    long poll(MemorySegment fds, long count, int timeoutMillis);

    long timerfd_create(int clock, int flags);

    long timerfd_settime(int fd, int flags, MemorySegment newValue, MemorySegment oldValue);

    long clock_gettime(int clock, MemorySegment time);

    /** {@code localtime_r}: 0, or {@code -EOVERFLOW} for a year that does not fit. */
    long localtime_r(MemorySegment time, MemorySegment result);

    long eventfd(int initial, int flags);

    long inotify_init1(int flags);

    long inotify_add_watch(int fd, MemorySegment path, int mask);

    long inotify_rm_watch(int fd, int watch);

    long pipe2(MemorySegment fds, int flags);

    long dup3(int from, int to, int flags);

    long fcntl(int fd, int command, long argument);

    long ioctl(int fd, long request, MemorySegment argument);

    long socket(int domain, int type, int protocol);

    long bind(int fd, MemorySegment address, int length);

    long listen(int fd, int backlog);

    long accept4(int fd, MemorySegment address, MemorySegment length, int flags);

    long connect(int fd, MemorySegment address, int length);

    long getsockname(int fd, MemorySegment address, MemorySegment length);

    long getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment length);

    long setsockopt(int fd, int level, int name, MemorySegment value, int length);

    long sendto(int fd, MemorySegment buffer, long count, int flags, MemorySegment address, int length);

    long recvmsg(int fd, MemorySegment message, int flags);

    long shutdown(int fd, int how);

    long open(MemorySegment path, int flags, int mode);

    long read(int fd, MemorySegment buffer, long count);

    long write(int fd, MemorySegment buffer, long count);

    long close(int fd);

    long close_range(int first, int last, int flags);

    long access(MemorySegment path, int mode);

    long chdir(MemorySegment path);

    long mkdir(MemorySegment path, int mode);

    long chmod(MemorySegment path, int mode);

    long readlink(MemorySegment path, MemorySegment buffer, long size);

    long unlink(MemorySegment path);

    long rename(MemorySegment from, MemorySegment to);

    long statfs(MemorySegment path, MemorySegment buffer);

    long uname(MemorySegment buffer);

    long sysconf(int name);

    long sched_getaffinity(int pid, long size, MemorySegment mask);

    long sched_setaffinity(int pid, long size, MemorySegment mask);

    long mmap(long address, long length, int protection, int flags, int fd, long offset);

    long mprotect(long address, long length, int protection);

    long munmap(long address, long length);

    long execve(MemorySegment path, MemorySegment argv, MemorySegment envp);

    /**
     * Runs a tape of system calls, see {@link SpawnTape}: in a new process that shares this one's memory until it has
     * executed its program ({@code cloneFlags} not 0), or in the calling thread ({@code cloneFlags} 0).
     *
     * @param cloneFlags flags of {@code clone(2)}, or 0
     * @param stackTop end of the memory that the new process uses as its stack
     * @param pidfd where the kernel stores the new process's pidfd, an {@code int}
     * @param tape first entry of the tape
     * @return the pid of the new process, {@code -errno} of {@code clone}, or, without a clone, the violation that ended
     *     the walk (never 0)
     */
    long walk_tape(long cloneFlags, MemorySegment stackTop, MemorySegment pidfd, MemorySegment tape);
}
