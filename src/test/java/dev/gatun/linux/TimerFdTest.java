package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoFdLeak.class)
class TimerFdTest {

    private static final long HOUR = 3_600_000_000_000L;

    private final MonotonicClock clock = new MonotonicClock(LIBC);
    private TimerFd timer;

    @BeforeEach
    void open() {
        timer = TimerFd.open(LIBC);
    }

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void isNotReadableUnlessArmed() {
        assertThat(Kernel.isReadable(timer)).isFalse();
    }

    @Test
    void firesAtItsMomentAndNotBefore() {
        long moment = clock.nanos() + 30_000_000;
        timer.arm(moment);
        Kernel.awaitReadable(timer);
        assertThat(clock.nanos()).isGreaterThanOrEqualTo(moment);
    }

    @Test
    void anHourFromNowIsNotNow() {
        timer.arm(clock.nanos() + HOUR);
        assertThat(Kernel.isReadable(timer)).isFalse();
    }

    /** Zero would disarm the timer instead, and a negative time is refused by the kernel. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, 999_999_999})
    void aMomentInThePastFiresAtOnce(long moment) {
        timer.arm(moment);
        Kernel.awaitReadable(timer);
    }

    @Test
    void theLargestMomentIsTaken() {
        timer.arm(Long.MAX_VALUE);
        assertThat(Kernel.isReadable(timer)).isFalse();
    }

    @Test
    void firesOnce() {
        timer.arm(1);
        Kernel.awaitReadable(timer);
        timer.drain();
        assertThat(Kernel.isReadable(timer)).isFalse();
    }

    @Test
    void isDisarmed() {
        timer.arm(1);
        Kernel.awaitReadable(timer);
        timer.disarm();
        assertThat(Kernel.isReadable(timer)).isFalse();
    }

    @Test
    void aNewMomentReplacesTheOldOne() {
        timer.arm(clock.nanos() + HOUR);
        timer.arm(1);
        Kernel.awaitReadable(timer);
        timer.arm(clock.nanos() + HOUR);
        assertThat(Kernel.isReadable(timer)).isFalse();
    }

    @Test
    void drainBeforeItFiresDoesNotWait() {
        timer.drain();
        timer.arm(1);
        Kernel.awaitReadable(timer);
    }

    @Test
    void failureIsTold() {
        Libc broken = Kernel.with("timerfd_settime", arguments -> (long) -Errno.EINVAL);
        try (TimerFd failing = TimerFd.open(broken)) {
            assertThatThrownBy(() -> failing.arm(1)).hasMessageContaining("timerfd_settime")
                    .hasMessageContaining("EINVAL");
        }
    }

    /** The JVM's nanoTime reads the same clock on Linux, so one reading lies between two of the other. */
    @Test
    void theClockIsTheMonotonicOne() {
        long before = System.nanoTime();
        long between = clock.nanos();
        assertThat(between).isBetween(before, System.nanoTime());
    }
}
