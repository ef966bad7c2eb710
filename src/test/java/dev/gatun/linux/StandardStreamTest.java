package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.ffm.Linux;
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
}
