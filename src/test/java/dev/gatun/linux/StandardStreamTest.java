package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.ffm.Linux;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class StandardStreamTest {

    @Test
    void haveTheirNumbers() {
        assertThat(StandardStream.input(LIBC).number()).isZero();
        assertThat(StandardStream.output(LIBC).number()).isEqualTo(1);
        assertThat(StandardStream.error(LIBC).number()).isEqualTo(2);
    }

    @Test
    void areNeverClosed() {
        StandardStream output = StandardStream.output(LIBC);
        output.close();
        assertThat(output.isOpen()).isTrue();
        assertThat(LIBC.fcntl(1, Linux.F_GETFD(), 0)).isNotNegative();
    }

    /** A JVM cannot be without one of the three here, so the answer of the kernel is made up. */
    @Test
    void missingOnesAreOpened() {
        List<String> opened = new ArrayList<>();
        Libc withoutOutput = Kernel.with("fcntl", arguments -> (int) arguments[0] == 1 ? (long) -Errno.EBADF : 0L);
        Libc watching = (Libc) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[]{Libc.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open")) {
                        opened.add(((MemorySegment) arguments[0]).getString(0));
                        assertThat((int) arguments[1]).as("a child needs it, so not close-on-exec")
                                .isEqualTo(Linux.O_RDWR());
                        return 1L;
                    }
                    return method.invoke(withoutOutput, arguments);
                });
        StandardStream.openMissing(watching);
        assertThat(opened).containsExactly("/dev/null");
    }

    @Test
    void openOnesAreLeftAlone() {
        Libc refusing = Kernel.with("open", arguments -> {
            throw new AssertionError("nothing is missing");
        });
        StandardStream.openMissing(refusing);
    }
}
