package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.proc.ProcFile;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class ProcessControlTest {

    private final ProcessControl control = new ProcessControl(LIBC);

    @TempDir
    Path folder;

    @Test
    void becomesASubreaper() {
        assertThat(control.isSubreaper()).isFalse();
        control.becomeSubreaper();
        try {
            assertThat(control.isSubreaper()).isTrue();
        } finally {
            assertThat(LIBC.prctl(Linux.PR_SET_CHILD_SUBREAPER(), 0, 0, 0, 0)).isZero();
        }
        assertThat(control.isSubreaper()).isFalse();
    }

    @Test
    void setsTheParentDeathSignal() throws Exception {
        // The signal goes by the thread, and this one ends.
        OwnThread.run(() -> {
            control.setParentDeathSignal(Signal.WINCH);
            try (Arena arena = Arena.ofConfined()) {
                NativeMemory answer = NativeMemory.allocate(arena, 4);
                assertThat(LIBC.prctl(Linux.PR_GET_PDEATHSIG(), answer.address(), 0, 0, 0)).isZero();
                assertThat(answer.getInt(0)).isEqualTo(Signal.WINCH.number());
            }
        });
    }

    @Test
    void tellsTheSeccompModeTheKernelShows() {
        String status = ProcFile.readText(LIBC, "/proc/thread-self/status").orElseThrow();
        assertThat(status).contains("\nSeccomp:\t" + control.seccompMode() + "\n");
    }

    @Test
    void failuresAreTold() {
        CString none = CString.of(folder.resolve("none").toString());
        assertThatThrownBy(() -> control.enterFolder(none))
                .hasMessage("chdir(" + none + "): ENOENT (No such file or directory)");
        ProcessControl refused = new ProcessControl(Kernel.with("prctl", arguments -> (long) -Errno.EINVAL));
        assertThatThrownBy(refused::becomeSubreaper)
                .hasMessage("prctl(PR_SET_CHILD_SUBREAPER, 1): EINVAL (Invalid argument)");
        assertThatThrownBy(() -> refused.setParentDeathSignal(Signal.TERM))
                .hasMessage("prctl(PR_SET_PDEATHSIG, SIGTERM): EINVAL (Invalid argument)");
        assertThatThrownBy(refused::seccompMode).hasMessageContaining("PR_GET_SECCOMP");
    }

    @Test
    void closesWhatWasPassedOn() {
        try (Arena arena = Arena.ofConfined()) {
            int first = (int) LIBC.open(CString.of("/dev/null").allocate(arena), 0, 0);
            int second = (int) LIBC.open(CString.of("/dev/null").allocate(arena), 0, 0);
            control.close(first, second);
            assertThat(LIBC.fcntl(first, Linux.F_GETFD(), 0)).isEqualTo(-Errno.EBADF);
            assertThat(LIBC.fcntl(second, Linux.F_GETFD(), 0)).isEqualTo(-Errno.EBADF);
        }
    }

    @Test
    void aPidFileHasOnePidAndIsRemoved() throws Exception {
        Path file = Files.writeString(folder.resolve("pid"), "1234567890\nsomething older\n");
        try (PidFile pidFile = PidFile.create(LIBC, CString.of(file.toString()))) {
            assertThat(file).as("until there is a pid").hasContent("1234567890\nsomething older\n");
            pidFile.write(77);
            assertThat(file).hasContent("77\n");
            pidFile.write(8);
            assertThat(file).hasContent("8\n");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aPidFileThatCannotBeIsTold() {
        CString below = CString.of(folder.resolve("none/pid").toString());
        assertThatThrownBy(() -> PidFile.create(LIBC, below))
                .hasMessage("open(" + below + "): ENOENT (No such file or directory)");
        PidFile full = PidFile.create(LIBC, CString.of("/dev/full"));
        assertThatThrownBy(() -> full.write(5))
                .hasMessage("write(/dev/full): ENOSPC (No space left on device)");
    }
}
