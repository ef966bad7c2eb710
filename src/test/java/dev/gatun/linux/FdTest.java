package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class FdTest {

    @TempDir
    Path folder;

    @Test
    void readsAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        try (Fd opened = Fd.open(LIBC, CString.of(file.toString()), Linux.O_RDONLY())) {
            assertThat(Kernel.read(opened)).asString().isEqualTo("content");
            assertThat(Kernel.read(opened)).as("at the end").isEmpty();
        }
    }

    @Test
    void createsWithTheUsualPermissions() throws Exception {
        Path file = folder.resolve("new");
        Fd.open(LIBC, CString.of(file.toString()), Linux.O_WRONLY() | Linux.O_CREAT()).close();
        Path other = Files.createFile(folder.resolve("other"));
        other.toFile().setReadable(true, false);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void isClosedOnExec() {
        try (Fd opened = Fd.open(LIBC, CString.of("/dev/null"), Linux.O_RDONLY())) {
            assertThat(LIBC.fcntl(opened.number(), Linux.F_GETFD(), 0)).isEqualTo(Linux.FD_CLOEXEC());
        }
    }

    @Test
    void failureNamesThePath() {
        CString path = CString.of(folder.resolve("none").toString());
        assertThatThrownBy(() -> Fd.open(LIBC, path, Linux.O_RDONLY()))
                .isInstanceOf(LinuxException.class)
                .hasMessage("open(" + path + "): ENOENT (No such file or directory)")
                .satisfies(failure -> assertThat(((LinuxException) failure).errno()).isEqualTo(Errno.ENOENT))
                .satisfies(failure -> assertThat(((LinuxException) failure).call()).isEqualTo("open"));
    }

    @Test
    void readAndWriteGiveErrnoBack() {
        try (Fd toRead = Fd.open(LIBC, CString.of("/dev/null"), Linux.O_RDONLY()); Arena arena = Arena.ofConfined()) {
            assertThat(toRead.write(arena.allocate(1))).isEqualTo(-Errno.EBADF);
        }
        try (Fd full = Fd.open(LIBC, CString.of("/dev/full"), Linux.O_WRONLY()); Arena arena = Arena.ofConfined()) {
            assertThat(full.read(arena.allocate(1))).isEqualTo(-Errno.EBADF);
            assertThat(full.write(arena.allocate(1))).isEqualTo(-Errno.number("ENOSPC"));
        }
    }

    /** The number goes to whoever opens next, and must not be taken from him. */
    @Test
    void aSecondCloseLeavesTheNextOwnerAlone() {
        Fd first = Fd.open(LIBC, CString.of("/dev/null"), Linux.O_RDONLY());
        int number = first.number();
        first.close();
        assertThat(LIBC.fcntl(number, Linux.F_GETFD(), 0)).isEqualTo(-Errno.EBADF);
        try (Fd second = Fd.open(LIBC, CString.of("/dev/null"), Linux.O_RDONLY())) {
            assertThat(second.number()).isEqualTo(number);
            first.close();
            assertThat(LIBC.fcntl(number, Linux.F_GETFD(), 0)).isNotNegative();
        }
    }

    @Test
    void isOfNoUseOnceClosed() {
        Fd closed = Fd.open(LIBC, CString.of("/dev/null"), Linux.O_RDONLY());
        assertThat(closed.isOpen()).isTrue();
        closed.close();
        assertThat(closed.isOpen()).isFalse();
        assertThatThrownBy(closed::number).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        try (Arena arena = Arena.ofConfined()) {
            assertThatThrownBy(() -> closed.read(arena.allocate(1))).isInstanceOf(IllegalStateException.class);
        }
    }
}
