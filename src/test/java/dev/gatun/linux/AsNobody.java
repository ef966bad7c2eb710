package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.ffm.Linux;
import java.util.concurrent.Callable;

/** Runs a body on a thread of its own that is user and group 65534 and has no capability left. */
final class AsNobody {

    private AsNobody() {}

    static <T> T call(Callable<T> body) throws Exception {
        return OwnThread.call(() -> {
            // A change of user makes the whole process undumpable, and its own files in /proc root's.
            long dumpable = Kernel.LIBC.prctl(Linux.PR_GET_DUMPABLE(), 0, 0, 0, 0);
            int id = Kernel.NOBODY;
            assertThat(Raw.syscall(Linux.SYS_setgroups(), 0, 0)).isZero();
            assertThat(Raw.syscall(Linux.SYS_setresgid(), id, id, id)).isZero();
            assertThat(Raw.syscall(Linux.SYS_setresuid(), id, id, id)).isZero();
            Kernel.LIBC.prctl(Linux.PR_SET_DUMPABLE(), dumpable, 0, 0, 0);
            return body.call();
        });
    }

    static void run(OwnThread.Body body) throws Exception {
        call(() -> {
            body.run();
            return null;
        });
    }
}
