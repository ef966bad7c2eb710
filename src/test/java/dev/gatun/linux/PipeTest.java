package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class PipeTest {

    @Test
    void carriesBytesFromOneEndToTheOther() {
        try (Pipe pipe = Pipe.open(LIBC)) {
            Kernel.write(pipe.writeEnd(), "through");
            assertThat(Kernel.read(pipe.readEnd())).asString().isEqualTo("through");
        }
    }

    @Test
    void readerSeesTheEndWhenTheWriterCloses() {
        try (Pipe pipe = Pipe.open(LIBC)) {
            Kernel.write(pipe.writeEnd(), "last");
            pipe.writeEnd().close();
            assertThat(Kernel.read(pipe.readEnd())).asString().isEqualTo("last");
            assertThat(Kernel.read(pipe.readEnd())).isEmpty();
        }
    }

    @Test
    void nonBlockingEndAnswersInsteadOfWaiting() {
        try (Pipe pipe = Pipe.open(LIBC); Arena arena = Arena.ofConfined()) {
            pipe.readEnd().makeNonBlocking();
            assertThat(pipe.readEnd().read(arena.allocate(1))).isEqualTo(-Errno.EAGAIN);
        }
    }

    @Test
    void oneEndIsMadeNonBlockingAndTheOtherStays() {
        try (Pipe pipe = Pipe.open(LIBC)) {
            pipe.writeEnd().makeNonBlocking();
            assertThat(flags(pipe.writeEnd()) & Linux.O_NONBLOCK()).isNotZero();
            assertThat(flags(pipe.readEnd()) & Linux.O_NONBLOCK()).isZero();
        }
    }

    private static long flags(Fd fd) {
        return LIBC.fcntl(fd.number(), Linux.F_GETFL(), 0);
    }

    @Test
    void bothEndsAreClosedOnExec() {
        try (Pipe pipe = Pipe.open(LIBC)) {
            assertThat(LIBC.fcntl(pipe.readEnd().number(), Linux.F_GETFD(), 0)).isEqualTo(Linux.FD_CLOEXEC());
            assertThat(LIBC.fcntl(pipe.writeEnd().number(), Linux.F_GETFD(), 0)).isEqualTo(Linux.FD_CLOEXEC());
        }
    }

    @Test
    void failureIsTold() {
        Libc full = Kernel.with("pipe2", arguments -> (long) -Errno.EMFILE);
        assertThatThrownBy(() -> Pipe.open(full)).hasMessage("pipe2(O_CLOEXEC): EMFILE (Too many open files)");
    }

    @Test
    void askingForReadinessDoesNotWait() {
        try (Pipe pipe = Pipe.open(LIBC); Arena arena = Arena.ofConfined()) {
            WriteReadiness readiness = new WriteReadiness(LIBC, pipe.writeEnd());
            assertThat(readiness.isWritable()).isTrue();
            pipe.writeEnd().makeNonBlocking();
            while (pipe.writeEnd().write(arena.allocate(4096)) > 0) {
                assertThat(pipe.writeEnd().isOpen()).isTrue();
            }
            assertThat(readiness.isWritable()).as("full").isFalse();
            Kernel.read(pipe.readEnd());
            assertThat(readiness.isWritable()).as("room again").isTrue();
            // POLLERR alone: a write would fail with EPIPE rather than be taken.
            pipe.readEnd().close();
        }
    }
}
