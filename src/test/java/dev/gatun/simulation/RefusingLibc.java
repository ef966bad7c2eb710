package dev.gatun.simulation;

import dev.gatun.linux.Libc;
import java.lang.foreign.MemorySegment;

/** A C library that answers ENOSYS to everything; the simulation fills in what it knows. */
abstract class RefusingLibc implements Libc {

    private static long refused() {
        return -Faults.ENOSYS;
    }

    @Override
    public long getpid() {
        return refused();
    }

    @Override
    public long getppid() {
        return refused();
    }

    @Override
    public long getuid() {
        return refused();
    }

    @Override
    public long geteuid() {
        return refused();
    }

    @Override
    public long getegid() {
        return refused();
    }

    @Override
    public long getsid(int pid) {
        return refused();
    }

    @Override
    public long getpgid(int pid) {
        return refused();
    }

    @Override
    public long kill(int pid, int signal) {
        return refused();
    }

    @Override
    public long pidfd_open(int pid, int flags) {
        return refused();
    }

    @Override
    public long pidfd_send_signal(int pidfd, int signal) {
        return refused();
    }

    @Override
    public long waitid(int idType, int id, MemorySegment info, int options) {
        return refused();
    }

    @Override
    public long wait4(int pid, MemorySegment status, int options, MemorySegment rusage) {
        return refused();
    }

    @Override
    public long prctl(int option, long arg2, long arg3, long arg4, long arg5) {
        return refused();
    }

    @Override
    public long capget(MemorySegment header, MemorySegment data) {
        return refused();
    }

    @Override
    public long prlimit(int pid, int resource, MemorySegment newLimit, MemorySegment oldLimit) {
        return refused();
    }

    @Override
    public long pthread_sigmask(int how, MemorySegment set, MemorySegment oldSet) {
        return refused();
    }

    @Override
    public long sigaction(int signal, MemorySegment action, MemorySegment oldAction) {
        return refused();
    }

    @Override
    public long signalfd(int fd, MemorySegment mask, int flags) {
        return refused();
    }

    @Override
    public long epoll_create1(int flags) {
        return refused();
    }

    @Override
    public long epoll_ctl(int epfd, int operation, int fd, MemorySegment event) {
        return refused();
    }

    @Override
    public long epoll_wait(int epfd, MemorySegment events, int maxEvents, int timeoutMillis) {
        return refused();
    }

    @Override
    public long poll(MemorySegment fds, long count, int timeoutMillis) {
        return refused();
    }

    @Override
    public long timerfd_create(int clock, int flags) {
        return refused();
    }

    @Override
    public long timerfd_settime(int fd, int flags, MemorySegment newValue, MemorySegment oldValue) {
        return refused();
    }

    @Override
    public long clock_gettime(int clock, MemorySegment time) {
        return refused();
    }

    @Override
    public long localtime_r(MemorySegment time, MemorySegment result) {
        return refused();
    }

    @Override
    public long eventfd(int initial, int flags) {
        return refused();
    }

    @Override
    public long inotify_init1(int flags) {
        return refused();
    }

    @Override
    public long inotify_add_watch(int fd, MemorySegment path, int mask) {
        return refused();
    }

    @Override
    public long inotify_rm_watch(int fd, int watch) {
        return refused();
    }

    @Override
    public long pipe2(MemorySegment fds, int flags) {
        return refused();
    }

    @Override
    public long dup3(int from, int to, int flags) {
        return refused();
    }

    @Override
    public long fcntl(int fd, int command, long argument) {
        return refused();
    }

    @Override
    public long ioctl(int fd, long request, MemorySegment argument) {
        return refused();
    }

    @Override
    public long socket(int domain, int type, int protocol) {
        return refused();
    }

    @Override
    public long bind(int fd, MemorySegment address, int length) {
        return refused();
    }

    @Override
    public long listen(int fd, int backlog) {
        return refused();
    }

    @Override
    public long accept4(int fd, MemorySegment address, MemorySegment length, int flags) {
        return refused();
    }

    @Override
    public long connect(int fd, MemorySegment address, int length) {
        return refused();
    }

    @Override
    public long getsockname(int fd, MemorySegment address, MemorySegment length) {
        return refused();
    }

    @Override
    public long getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment length) {
        return refused();
    }

    @Override
    public long setsockopt(int fd, int level, int name, MemorySegment value, int length) {
        return refused();
    }

    @Override
    public long sendto(int fd, MemorySegment buffer, long count, int flags, MemorySegment address, int length) {
        return refused();
    }

    @Override
    public long recvmsg(int fd, MemorySegment message, int flags) {
        return refused();
    }

    @Override
    public long shutdown(int fd, int how) {
        return refused();
    }

    @Override
    public long open(MemorySegment path, int flags, int mode) {
        return refused();
    }

    @Override
    public long read(int fd, MemorySegment buffer, long count) {
        return refused();
    }

    @Override
    public long write(int fd, MemorySegment buffer, long count) {
        return refused();
    }

    @Override
    public long close(int fd) {
        return refused();
    }

    @Override
    public long close_range(int first, int last, int flags) {
        return refused();
    }

    @Override
    public long chdir(MemorySegment path) {
        return refused();
    }

    @Override
    public long mkdir(MemorySegment path, int mode) {
        return refused();
    }

    @Override
    public long chmod(MemorySegment path, int mode) {
        return refused();
    }

    @Override
    public long access(MemorySegment path, int mode) {
        return refused();
    }

    @Override
    public long readlink(MemorySegment path, MemorySegment buffer, long size) {
        return refused();
    }

    @Override
    public long unlink(MemorySegment path) {
        return refused();
    }

    @Override
    public long rename(MemorySegment from, MemorySegment to) {
        return refused();
    }

    @Override
    public long statfs(MemorySegment path, MemorySegment buffer) {
        return refused();
    }

    @Override
    public long uname(MemorySegment buffer) {
        return refused();
    }

    @Override
    public long sysconf(int name) {
        return refused();
    }

    @Override
    public long sched_getaffinity(int pid, long size, MemorySegment mask) {
        return refused();
    }

    @Override
    public long sched_setaffinity(int pid, long size, MemorySegment mask) {
        return refused();
    }

    @Override
    public long mmap(long address, long length, int protection, int flags, int fd, long offset) {
        return refused();
    }

    @Override
    public long mprotect(long address, long length, int protection) {
        return refused();
    }

    @Override
    public long munmap(long address, long length) {
        return refused();
    }

    @Override
    public long execve(MemorySegment path, MemorySegment argv, MemorySegment envp) {
        return refused();
    }

    @Override
    public long walk_tape(long cloneFlags, MemorySegment stackTop, MemorySegment pidfd, MemorySegment tape) {
        return refused();
    }
}
