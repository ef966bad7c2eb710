package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static java.lang.foreign.MemorySegment.NULL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.ffm.Linux;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every function provoked into real errors, so that each is known to pass its arguments on and to bring errno back. */
@ExtendWith(NoFdLeak.class)
class LibcErrnoTest {

    /** Above the largest that Linux gives (2^22). */
    private static final int NO_PID = 1 << 30;

    private static final int NO_FD = 1 << 20;
    private static final int BAD_FLAGS = 0x40000000;

    private static final Set<String> CANNOT_FAIL = Set.of("getpid", "getppid", "getuid", "geteuid", "getegid");

    @TempDir
    Path folder;

    private final Arena arena = Arena.ofShared();
    private final List<Provoked> table = new ArrayList<>();
    private Pipe pipe;
    private Epoll epoll;

    private record Provoked(String function, String errno, LongSupplier call) {}

    @BeforeEach
    void open() {
        pipe = Pipe.open(LIBC);
        epoll = Epoll.open(LIBC);
    }

    @AfterEach
    void close() {
        pipe.close();
        epoll.close();
        arena.close();
    }

    private void row(String function, String errno, LongSupplier call) {
        table.add(new Provoked(function, errno, call));
    }

    private MemorySegment text(Object text) {
        return arena.allocateFrom(text.toString());
    }

    private void fillTable() throws IOException {
        processes();
        memoryAndLimits();
        descriptors();
        events();
        sockets();
        files();
        execution();
    }

    private void processes() {
        MemorySegment info = arena.allocate(128, 8);
        MemorySegment pidfd = arena.allocate(8);
        row("getsid", "ESRCH", () -> LIBC.getsid(NO_PID));
        row("getpgid", "ESRCH", () -> LIBC.getpgid(NO_PID));
        row("kill", "ESRCH", () -> LIBC.kill(NO_PID, 0));
        row("kill", "EINVAL", () -> LIBC.kill((int) LIBC.getpid(), 65));
        row("pidfd_open", "ESRCH", () -> LIBC.pidfd_open(NO_PID, 0));
        row("pidfd_open", "EINVAL", () -> LIBC.pidfd_open(0, 0));
        row("pidfd_open", "EINVAL", () -> LIBC.pidfd_open((int) LIBC.getpid(), BAD_FLAGS));
        row("pidfd_send_signal", "EBADF", () -> LIBC.pidfd_send_signal(NO_FD, 0));
        row("pidfd_send_signal", "EBADF", () -> LIBC.pidfd_send_signal(pipe.readEnd().number(), 0));
        row("waitid", "EINVAL", () -> LIBC.waitid(Linux.P_ALL(), 0, info, 0));
        row("waitid", "ECHILD", () -> LIBC.waitid(Linux.P_PID(), NO_PID, info, Linux.WEXITED()));
        row("waitid", "EINVAL", () -> LIBC.waitid(99, 0, info, Linux.WEXITED()));
        row("wait4", "ECHILD", () -> LIBC.wait4(NO_PID, NULL, 0, NULL));
        row("wait4", "EINVAL", () -> LIBC.wait4(-1, NULL, 0x100, NULL));
        row("prctl", "EINVAL", () -> LIBC.prctl(0x7fffffff, 0, 0, 0, 0));
        row("prctl", "EINVAL", () -> LIBC.prctl(Linux.PR_SET_PDEATHSIG(), 65, 0, 0, 0));
        row("prctl", "EINVAL", () -> LIBC.prctl(Linux.PR_SET_NO_NEW_PRIVS(), 1, 0, 0, 1));
        row("capget", "EFAULT", () -> LIBC.capget(NULL, NULL));
        row("capget", "EINVAL", () -> LIBC.capget(arena.allocate(8), arena.allocate(24)));
        row("pthread_sigmask", "EINVAL", () -> LIBC.pthread_sigmask(99, arena.allocate(128), NULL));
        row("walk_tape", "EINVAL", () -> LIBC.walk_tape(Linux.CLONE_THREAD(), NULL, pidfd, NULL));
    }

    private void memoryAndLimits() {
        MemorySegment limit = arena.allocate(16, 8);
        limit.set(ValueLayout.JAVA_LONG, 0, 2);
        limit.set(ValueLayout.JAVA_LONG, 8, 1);
        row("prlimit", "EINVAL", () -> LIBC.prlimit(0, 99, NULL, limit));
        row("prlimit", "EINVAL", () -> LIBC.prlimit(0, Linux.RLIMIT_CORE(), limit, NULL));
        row("prlimit", "ESRCH", () -> LIBC.prlimit(NO_PID, Linux.RLIMIT_CORE(), NULL, limit));
        row("uname", "EFAULT", () -> LIBC.uname(NULL));
        row("sysconf", "EINVAL", () -> LIBC.sysconf(1 << 20));
        row("sched_getaffinity", "ESRCH", () -> LIBC.sched_getaffinity(NO_PID, 128, arena.allocate(128, 8)));
        row("sched_getaffinity", "EINVAL", () -> LIBC.sched_getaffinity(0, 1, arena.allocate(128, 8)));
        row("sched_setaffinity", "ESRCH", () -> LIBC.sched_setaffinity(NO_PID, 128, arena.allocate(128, 8)));
        row("sched_setaffinity", "EINVAL", () -> LIBC.sched_setaffinity(0, 128, arena.allocate(128, 8)));
        row("sched_setaffinity", "EFAULT", () -> LIBC.sched_setaffinity(0, 128, NULL));
        row("mmap", "EINVAL", () -> LIBC.mmap(0, 0, 0, Linux.MAP_PRIVATE() | Linux.MAP_ANONYMOUS(), -1, 0));
        row("mmap", "EBADF", () -> LIBC.mmap(0, 4096, 0, Linux.MAP_PRIVATE(), NO_FD, 0));
        row("mmap", "EINVAL", () -> LIBC.mmap(0, 4096, 0, Linux.MAP_PRIVATE(), pipe.readEnd().number(), 1));
        row("mprotect", "EINVAL", () -> LIBC.mprotect(1, 4096, 0));
        row("mprotect", "ENOMEM", () -> LIBC.mprotect(0, 4096, 0));
        row("munmap", "EINVAL", () -> LIBC.munmap(1, 4096));
    }

    private void descriptors() {
        MemorySegment byteBuffer = arena.allocate(1);
        int end = pipe.readEnd().number();
        row("poll", "EINVAL", () -> LIBC.poll(arena.allocate(8), 1L << 31, 0));
        row("poll", "EFAULT", () -> LIBC.poll(NULL, 1, 0));
        row("pipe2", "EINVAL", () -> LIBC.pipe2(arena.allocate(8, 4), BAD_FLAGS));
        row("pipe2", "EFAULT", () -> LIBC.pipe2(NULL, 0));
        row("dup3", "EBADF", () -> LIBC.dup3(NO_FD, NO_FD + 1, 0));
        row("dup3", "EINVAL", () -> LIBC.dup3(end, end, 0));
        row("dup3", "EINVAL", () -> LIBC.dup3(end, end + 1, BAD_FLAGS));
        row("fcntl", "EBADF", () -> LIBC.fcntl(NO_FD, Linux.F_GETFD(), 0));
        row("fcntl", "EINVAL", () -> LIBC.fcntl(end, 9999, 0));
        row("fcntl", "EINVAL", () -> LIBC.fcntl(end, Linux.F_DUPFD(), -1));
        row("ioctl", "EBADF", () -> LIBC.ioctl(NO_FD, Linux.TIOCGPGRP(), byteBuffer));
        row("ioctl", "ENOTTY", () -> LIBC.ioctl(end, Linux.TIOCGPGRP(), byteBuffer));
        row("read", "EBADF", () -> LIBC.read(NO_FD, byteBuffer, 1));
        row("read", "EBADF", () -> LIBC.read(pipe.writeEnd().number(), byteBuffer, 1));
        row("read", "EAGAIN", () -> {
            pipe.readEnd().makeNonBlocking();
            return LIBC.read(end, byteBuffer, 1);
        });
        row("write", "EBADF", () -> LIBC.write(NO_FD, byteBuffer, 1));
        row("write", "EBADF", () -> LIBC.write(end, byteBuffer, 1));
        row("write", "EFAULT", () -> LIBC.write(pipe.writeEnd().number(), NULL, 1));
        row("write", "EPIPE", () -> {
            // The JVM has a handler for SIGPIPE that does nothing.
            try (Pipe broken = Pipe.open(LIBC)) {
                broken.readEnd().close();
                return LIBC.write(broken.writeEnd().number(), byteBuffer, 1);
            }
        });
        row("close", "EBADF", () -> LIBC.close(NO_FD));
        row("close_range", "EINVAL", () -> LIBC.close_range(NO_FD, NO_FD - 1, 0));
        row("close_range", "EINVAL", () -> LIBC.close_range(NO_FD, NO_FD, BAD_FLAGS));
    }

    private void events() {
        int set = epoll.number();
        int end = pipe.readEnd().number();
        MemorySegment event = arena.allocate(16, 8);
        MemorySegment time = arena.allocate(32, 8);
        time.set(ValueLayout.JAVA_LONG, 24, 1_000_000_000L);
        MemorySegment action = arena.allocate(Signal.SIGACTION_BYTES, 8);
        row("sigaction", "EINVAL", () -> LIBC.sigaction(65, action, NULL));
        row("sigaction", "EINVAL", () -> LIBC.sigaction(Signal.KILL.number(), action, NULL));
        row("signalfd", "EINVAL", () -> LIBC.signalfd(-1, arena.allocate(128), BAD_FLAGS));
        row("signalfd", "EINVAL", () -> LIBC.signalfd(end, arena.allocate(128), 0));
        row("signalfd", "EBADF", () -> LIBC.signalfd(NO_FD, arena.allocate(128), 0));
        row("epoll_create1", "EINVAL", () -> LIBC.epoll_create1(BAD_FLAGS));
        row("epoll_ctl", "EBADF", () -> LIBC.epoll_ctl(set, Linux.EPOLL_CTL_ADD(), NO_FD, event));
        row("epoll_ctl", "ENOENT", () -> LIBC.epoll_ctl(set, Linux.EPOLL_CTL_DEL(), end, event));
        row("epoll_ctl", "EINVAL", () -> LIBC.epoll_ctl(end, Linux.EPOLL_CTL_ADD(), end, event));
        row("epoll_ctl", "EFAULT", () -> LIBC.epoll_ctl(set, Linux.EPOLL_CTL_ADD(), end, NULL));
        row("epoll_wait", "EINVAL", () -> LIBC.epoll_wait(set, event, 0, 0));
        row("epoll_wait", "EBADF", () -> LIBC.epoll_wait(NO_FD, event, 1, 0));
        row("epoll_wait", "EINVAL", () -> LIBC.epoll_wait(end, event, 1, 0));
        row("timerfd_create", "EINVAL", () -> LIBC.timerfd_create(99, 0));
        row("timerfd_create", "EINVAL", () -> LIBC.timerfd_create(Linux.CLOCK_MONOTONIC(), BAD_FLAGS));
        row("timerfd_settime", "EBADF", () -> LIBC.timerfd_settime(NO_FD, 0, arena.allocate(32, 8), NULL));
        row("timerfd_settime", "EINVAL", () -> {
            try (TimerFd timer = TimerFd.open(LIBC)) {
                return LIBC.timerfd_settime(timer.number(), 0, time, NULL);
            }
        });
        row("clock_gettime", "EINVAL", () -> LIBC.clock_gettime(99, time));
        row("localtime_r", "EOVERFLOW", () -> {
            MemorySegment never = arena.allocate(8, 8);
            never.set(ValueLayout.JAVA_LONG, 0, Long.MAX_VALUE);
            return LIBC.localtime_r(never, arena.allocate(64, 8));
        });
        row("eventfd", "EINVAL", () -> LIBC.eventfd(0, BAD_FLAGS));
        row("inotify_init1", "EINVAL", () -> LIBC.inotify_init1(BAD_FLAGS));
        row("inotify_add_watch", "EINVAL", () -> LIBC.inotify_add_watch(end, text("/"), Linux.IN_CREATE()));
        row("inotify_rm_watch", "EBADF", () -> LIBC.inotify_rm_watch(NO_FD, 1));
        row("inotify_add_watch", "ENOENT", () -> {
            try (Inotify inotify = Inotify.open(LIBC)) {
                return LIBC.inotify_add_watch(
                        inotify.number(), text(folder.resolve("none")), Linux.IN_CREATE());
            }
        });
        row("inotify_rm_watch", "EINVAL", () -> {
            try (Inotify inotify = Inotify.open(LIBC)) {
                return LIBC.inotify_rm_watch(inotify.number(), 77);
            }
        });
    }

    private void sockets() throws IOException {
        int stream = Linux.SOCK_STREAM();
        int end = pipe.readEnd().number();
        MemorySegment value = arena.allocate(4, 4);
        MemorySegment length = arena.allocate(4, 4);
        MemorySegment message = arena.allocate(MessageBuffer.HEADER_BYTES, 8);
        MemorySegment loopback = InternetAddress.parse("127.0.0.1", 0).allocate(arena).segment();
        // TEST-NET-1, which is nobody's (RFC 5737).
        MemorySegment foreign = InternetAddress.parse("192.0.2.1", 0).allocate(arena).segment();
        UnixAddress none = UnixAddress.parse(folder.resolve("no-socket").toString());
        UnixAddress taken = UnixAddress.parse(Files.createFile(folder.resolve("taken")).toString());
        row("socket", "EAFNOSUPPORT", () -> LIBC.socket(99, stream, 0));
        row("socket", "EINVAL", () -> LIBC.socket(Linux.AF_INET(), stream | BAD_FLAGS, 0));
        row("socket", "EPROTONOSUPPORT", () -> LIBC.socket(Linux.AF_UNIX(), stream, 99));
        row("bind", "EBADF", () -> LIBC.bind(NO_FD, loopback, 16));
        row("bind", "ENOTSOCK", () -> LIBC.bind(end, loopback, 16));
        row("bind", "EINVAL", () -> with(Linux.AF_INET(), stream, fd -> LIBC.bind(fd, loopback, 1)));
        row("bind", "EADDRNOTAVAIL", () -> with(Linux.AF_INET(), stream, fd -> LIBC.bind(fd, foreign, 16)));
        row("bind", "EADDRINUSE", () -> with(Linux.AF_UNIX(), Linux.SOCK_DGRAM(), fd -> LIBC.bind(
                fd, taken.allocate(arena).segment(), taken.structBytes())));
        row("listen", "EBADF", () -> LIBC.listen(NO_FD, 1));
        row("listen", "EOPNOTSUPP", () -> with(Linux.AF_UNIX(), Linux.SOCK_DGRAM(), fd -> LIBC.listen(fd, 1)));
        row("accept4", "EBADF", () -> LIBC.accept4(NO_FD, NULL, NULL, 0));
        row("accept4", "EINVAL", () -> with(Linux.AF_INET(), stream, fd -> LIBC.accept4(fd, NULL, NULL, 0)));
        row("accept4", "EINVAL", () -> LIBC.accept4(end, NULL, NULL, BAD_FLAGS));
        row("connect", "EBADF", () -> LIBC.connect(NO_FD, loopback, 16));
        row("connect", "ENOTSOCK", () -> LIBC.connect(end, loopback, 16));
        row("connect", "EAFNOSUPPORT", () -> with(Linux.AF_INET(), stream, fd -> LIBC.connect(
                fd, none.allocate(arena).segment(), none.structBytes())));
        row("connect", "ENOENT", () -> with(Linux.AF_UNIX(), stream, fd -> LIBC.connect(
                fd, none.allocate(arena).segment(), none.structBytes())));
        row("connect", "ECONNREFUSED", () -> with(Linux.AF_UNIX(), stream, fd -> LIBC.connect(
                fd, taken.allocate(arena).segment(), taken.structBytes())));
        row("getsockname", "EBADF", () -> LIBC.getsockname(NO_FD, message, length));
        row("getsockname", "EFAULT", () -> with(Linux.AF_INET(), stream, fd -> LIBC.getsockname(fd, message, NULL)));
        row("getsockopt", "EBADF", () -> LIBC.getsockopt(NO_FD, Linux.SOL_SOCKET(), Linux.SO_ERROR(), value, length));
        row("getsockopt", "ENOPROTOOPT", () -> with(
                Linux.AF_INET(), stream, fd -> LIBC.getsockopt(fd, Linux.SOL_SOCKET(), 9999, value, length)));
        row("getsockopt", "EFAULT", () -> with(
                Linux.AF_INET(), stream, fd -> LIBC.getsockopt(fd, Linux.SOL_SOCKET(), Linux.SO_ERROR(), value, NULL)));
        row("setsockopt", "EBADF", () -> LIBC.setsockopt(NO_FD, Linux.SOL_SOCKET(), Linux.SO_REUSEADDR(), value, 4));
        row("setsockopt", "ENOPROTOOPT", () -> with(
                Linux.AF_INET(), stream, fd -> LIBC.setsockopt(fd, Linux.SOL_SOCKET(), 9999, value, 4)));
        row("setsockopt", "EINVAL", () -> with(
                Linux.AF_INET(), stream,
                fd -> LIBC.setsockopt(fd, Linux.SOL_SOCKET(), Linux.SO_REUSEADDR(), value, 1)));
        row("sendto", "EBADF", () -> LIBC.sendto(NO_FD, value, 1, 0, NULL, 0));
        row("sendto", "ENOTSOCK", () -> LIBC.sendto(end, value, 1, 0, NULL, 0));
        row("sendto", "ENOTCONN", () -> with(
                Linux.AF_UNIX(), Linux.SOCK_DGRAM(), fd -> LIBC.sendto(fd, value, 1, 0, NULL, 0)));
        row("sendto", "ENOENT", () -> with(Linux.AF_UNIX(), Linux.SOCK_DGRAM(), fd -> LIBC.sendto(
                fd, value, 1, 0, none.allocate(arena).segment(), none.structBytes())));
        row("sendto", "EPIPE", () -> with(Linux.AF_INET(), stream, fd -> LIBC.sendto(
                fd, value, 1, Linux.MSG_NOSIGNAL(), NULL, 0)));
        row("recvmsg", "EBADF", () -> LIBC.recvmsg(NO_FD, message, 0));
        row("recvmsg", "ENOTSOCK", () -> LIBC.recvmsg(end, message, 0));
        row("recvmsg", "EAGAIN", () -> with(Linux.AF_UNIX(), Linux.SOCK_DGRAM(), fd -> LIBC.recvmsg(
                fd, message, Linux.MSG_DONTWAIT())));
        row("shutdown", "EBADF", () -> LIBC.shutdown(NO_FD, Linux.SHUT_WR()));
        row("shutdown", "EINVAL", () -> with(Linux.AF_INET(), stream, fd -> LIBC.shutdown(fd, 99)));
        row("shutdown", "ENOTCONN", () -> with(Linux.AF_INET(), stream, fd -> LIBC.shutdown(fd, Linux.SHUT_WR())));
    }

    /** The result of a call on a new socket. */
    private static long with(int domain, int type, IntToLongFunction call) {
        int fd = (int) LinuxException.check(LIBC.socket(domain, type | Linux.SOCK_CLOEXEC(), 0), "socket", domain);
        try {
            return call.applyAsLong(fd);
        } finally {
            LIBC.close(fd);
        }
    }

    private void files() throws IOException {
        MemorySegment buffer = arena.allocate(256, 8);
        MemorySegment none = text(folder.resolve("none"));
        MemorySegment itself = text(folder);
        Path file = Files.createFile(folder.resolve("file"));
        MemorySegment below = text(file.resolve("below"));
        Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        MemorySegment full = text(Files.createDirectories(folder.resolve("full/of")).getParent());
        int create = Linux.O_WRONLY() | Linux.O_CREAT() | Linux.O_EXCL();
        row("open", "ENOENT", () -> LIBC.open(none, 0, 0));
        row("open", "EEXIST", () -> LIBC.open(text(file), create, 0666));
        row("open", "EISDIR", () -> LIBC.open(itself, Linux.O_WRONLY(), 0));
        row("open", "ENOTDIR", () -> LIBC.open(below, 0, 0));
        row("open", "ELOOP", () -> LIBC.open(text(folder.resolve("loop")), 0, 0));
        row("open", "ENAMETOOLONG", () -> LIBC.open(text("x".repeat(256)), 0, 0));
        row("open", "EFAULT", () -> LIBC.open(NULL, 0, 0));
        row("read", "EISDIR", () -> {
            try (Fd opened = Fd.open(LIBC, CString.of(folder.toString()), 0)) {
                return LIBC.read(opened.number(), buffer, 1);
            }
        });
        row("write", "ENOSPC", () -> {
            try (Fd opened = Fd.open(LIBC, CString.of("/dev/full"), Linux.O_WRONLY())) {
                return LIBC.write(opened.number(), buffer, 1);
            }
        });
        row("epoll_ctl", "EPERM", () -> {
            try (Fd opened = Fd.open(LIBC, CString.of(file.toString()), 0)) {
                return LIBC.epoll_ctl(epoll.number(), Linux.EPOLL_CTL_ADD(), opened.number(), buffer);
            }
        });
        row("access", "ENOENT", () -> LIBC.access(none, 0));
        row("access", "ENOTDIR", () -> LIBC.access(below, 0));
        row("access", "EACCES", () -> LIBC.access(text(file), Linux.X_OK()));
        row("access", "EINVAL", () -> LIBC.access(text(file), 99));
        row("readlink", "EINVAL", () -> LIBC.readlink(text(file), buffer, 256));
        row("readlink", "ENOENT", () -> LIBC.readlink(none, buffer, 256));
        row("readlink", "EINVAL", () -> LIBC.readlink(text(folder.resolve("loop")), buffer, 0));
        row("unlink", "ENOENT", () -> LIBC.unlink(none));
        row("unlink", "EISDIR", () -> LIBC.unlink(itself));
        row("rename", "ENOENT", () -> LIBC.rename(none, text(file)));
        row("rename", "ENOTDIR", () -> LIBC.rename(full, text(file)));
        row("rename", "ENOTEMPTY", () -> LIBC.rename(itself(folder.resolve("empty")), full));
        row("statfs", "ENOENT", () -> LIBC.statfs(none, buffer));
        row("chdir", "ENOENT", () -> LIBC.chdir(none));
        row("chdir", "ENOTDIR", () -> LIBC.chdir(text(file)));
        row("statfs", "EFAULT", () -> LIBC.statfs(itself, NULL));
        row("mkdir", "EEXIST", () -> LIBC.mkdir(itself, 0755));
        row("mkdir", "ENOENT", () -> LIBC.mkdir(text(folder.resolve("none/below")), 0755));
        row("mkdir", "ENOTDIR", () -> LIBC.mkdir(below, 0755));
        row("chmod", "ENOENT", () -> LIBC.chmod(none, 0644));
        row("chmod", "ENOTDIR", () -> LIBC.chmod(below, 0644));
    }

    private MemorySegment itself(Path created) {
        try {
            return text(Files.createDirectories(created));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void execution() throws IOException {
        MemorySegment arguments = arena.allocate(8, 8);
        Path notAProgram = Files.writeString(folder.resolve("text"), "no program\n");
        assertThat(notAProgram.toFile().setExecutable(true, false)).isTrue();
        row("execve", "ENOENT", () -> LIBC.execve(text(folder.resolve("none")), arguments, arguments));
        row("execve", "EACCES", () -> LIBC.execve(text(folder), arguments, arguments));
        row("execve", "ENOEXEC", () -> LIBC.execve(text(notAProgram), arguments, arguments));
        row("execve", "EFAULT", () -> LIBC.execve(NULL, arguments, arguments));
    }

    @TestFactory
    Stream<DynamicTest> bringsBackErrno() throws IOException {
        fillTable();
        return table.stream().map(row -> DynamicTest.dynamicTest(row.function + ": " + row.errno, () -> {
            long result = row.call.getAsLong();
            assertThat(result).as("%s, whose errno is %s", row.function, Errno.name((int) -result))
                    .isEqualTo(-Errno.number(row.errno));
        }));
    }

    @Test
    void noFunctionIsForgotten() throws IOException {
        fillTable();
        Set<String> tested = table.stream().map(Provoked::function).collect(Collectors.toCollection(TreeSet::new));
        tested.addAll(CANNOT_FAIL);
        Set<String> functions = new TreeSet<>();
        for (Method method : Libc.class.getMethods()) {
            functions.add(method.getName());
        }
        assertThat(tested).isEqualTo(functions);
    }

    @Test
    void pidsAreThoseOfTheKernel() throws IOException {
        String status = Files.readString(Path.of("/proc/self/status"));
        assertThat(status).contains("\nPid:\t" + LIBC.getpid() + "\n").contains("\nPPid:\t" + LIBC.getppid() + "\n");
        assertThat(LIBC.getpid()).isEqualTo(ProcessHandle.current().pid());
        String[] stat = Files.readString(Path.of("/proc/self/stat")).split("\\) ")[1].split(" ");
        assertThat(LIBC.getpgid(0)).isEqualTo(Long.parseLong(stat[2])).isEqualTo(LIBC.getpgid((int) LIBC.getpid()));
        assertThat(LIBC.getsid(0)).isEqualTo(Long.parseLong(stat[3]));
    }

    @Test
    void idsAreThoseOfTheKernel() throws IOException {
        String status = Files.readString(Path.of("/proc/self/status"));
        assertThat(status).contains("\nUid:\t" + LIBC.getuid() + "\t" + LIBC.geteuid() + "\t");
        assertThat(status).containsPattern("\nGid:\t\\d+\t" + LIBC.getegid() + "\t");
    }

    /** Ids are unsigned: container platforms give out some above 2^31, and the last, -1, is never one. */
    @Test
    void largeIdsAreNoErrors() throws Exception {
        Kernel.assumeRoot("take another id");
        int large = -2;
        OwnThread.run(() -> {
            long dumpable = LIBC.prctl(Linux.PR_GET_DUMPABLE(), 0, 0, 0, 0);
            assertThat(Raw.syscall(Linux.SYS_setresgid(), large, large, large)).isZero();
            assertThat(Raw.syscall(Linux.SYS_setresuid(), large, large, large)).isZero();
            LIBC.prctl(Linux.PR_SET_DUMPABLE(), dumpable, 0, 0, 0);
            assertThat(LIBC.getuid()).isEqualTo(4294967294L);
            assertThat(LIBC.geteuid()).isEqualTo(4294967294L);
            assertThat(LIBC.getegid()).isEqualTo(4294967294L);
        });
    }

    /** The error of one call must not be seen in the next one that fails without setting it, nor in one that succeeds. */
    @Test
    void successAfterAFailureIsASuccess() {
        assertThat(LIBC.close(NO_FD)).isEqualTo(-Errno.EBADF);
        assertThat(LIBC.getpid()).isPositive();
        assertThat(LIBC.fcntl(pipe.readEnd().number(), Linux.F_GETFD(), 0)).isEqualTo(Linux.FD_CLOEXEC());
    }

    @Test
    void eachThreadHasItsOwnErrno() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
            boolean even = i % 2 == 0;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int call = 0; call < 20_000; call++) {
                    long result = even ? LIBC.close(NO_FD) : LIBC.getpgid(NO_PID);
                    if (result != -(even ? Errno.EBADF : Errno.ESRCH)) {
                        wrong.add(Long.toString(result));
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }

    /** Without a clone the stub gives back the violation: the xor of result and requirement. */
    @Test
    void aTapeInThisThreadReturnsItsViolation() {
        MemorySegment entry = arena.allocate(TapeMemory.ENTRY_BYTES, 8);
        MemorySegment result = arena.allocate(8, 8);
        entry.set(ValueLayout.JAVA_LONG, 0, SystemCall.GETPID.number());
        entry.set(ValueLayout.JAVA_LONG, TapeMemory.RESULT_ADDRESS_OFFSET, result.address());
        entry.set(ValueLayout.JAVA_LONG, TapeMemory.REQUIRED_OFFSET, 0);
        entry.set(ValueLayout.JAVA_LONG, TapeMemory.MASK_OFFSET, -1);
        assertThat(LIBC.walk_tape(0, NULL, NULL, entry)).isEqualTo(LIBC.getpid());
        assertThat(result.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(LIBC.getpid());
    }
}
