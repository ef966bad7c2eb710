package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoFdLeak.class)
class EpollTest {

    private static final int PATIENCE = (int) Kernel.PATIENCE.toMillis();

    private Epoll epoll;
    private Pipe pipe;

    @BeforeEach
    void open() {
        epoll = Epoll.open(LIBC);
        pipe = Pipe.open(LIBC);
    }

    @AfterEach
    void close() {
        epoll.close();
        pipe.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x1122334455667788L})
    void givesTheTokenBackAsItWas(long token) {
        epoll.add(pipe.readEnd(), Epoll.READABLE, token);
        Kernel.write(pipe.writeEnd(), "x");
        assertThat(epoll.await(PATIENCE)).isEqualTo(1);
        assertThat(epoll.token(0)).isEqualTo(token);
        assertThat(epoll.readiness(0)).isEqualTo(Epoll.READABLE);
    }

    @Test
    void doesNotWaitWithATimeoutOfZero() {
        epoll.add(pipe.readEnd(), Epoll.READABLE, 1);
        assertThat(epoll.await(0)).isZero();
    }

    @Test
    void waitsAtLeastItsTimeout() {
        MonotonicClock clock = new MonotonicClock(LIBC);
        long before = clock.nanos();
        assertThat(epoll.await(20)).isZero();
        assertThat(clock.nanos() - before).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void reportsAsLongAsThereIsSomethingToRead() {
        epoll.add(pipe.readEnd(), Epoll.READABLE, 1);
        Kernel.write(pipe.writeEnd(), "x");
        assertThat(epoll.await(0)).isEqualTo(1);
        assertThat(epoll.await(0)).isEqualTo(1);
        Kernel.read(pipe.readEnd());
        assertThat(epoll.await(0)).isZero();
    }

    @Test
    void severalEventsComeWithTheirOwnTokens() {
        List<EventFd> many = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                many.add(EventFd.open(LIBC));
                epoll.add(many.get(i), Epoll.READABLE, 100 + i);
                many.get(i).signal();
            }
            assertThat(epoll.await(PATIENCE)).isEqualTo(3);
            assertThat(List.of(epoll.token(0), epoll.token(1), epoll.token(2)))
                    .containsExactlyInAnyOrder(100L, 101L, 102L);
            assertThat(List.of(epoll.readiness(0), epoll.readiness(1), epoll.readiness(2)))
                    .containsOnly(Epoll.READABLE);
        } finally {
            many.forEach(EventFd::close);
        }
    }

    @Test
    void moreEventsThanFitComeWithTheNextWait() {
        List<EventFd> many = new ArrayList<>();
        Set<Long> seen = new TreeSet<>();
        try {
            for (int i = 0; i < 65; i++) {
                many.add(EventFd.open(LIBC));
                epoll.add(many.get(i), Epoll.READABLE, i);
                many.get(i).signal();
            }
            assertThat(epoll.await(PATIENCE)).isEqualTo(64);
            for (int wait = 0; wait < 2; wait++) {
                for (int i = 0, count = epoll.await(PATIENCE); i < count; i++) {
                    seen.add(epoll.token(i));
                    many.get((int) epoll.token(i)).drain();
                }
            }
            assertThat(seen).hasSize(65);
            assertThat(epoll.await(0)).isZero();
        } finally {
            many.forEach(EventFd::close);
        }
    }

    @Test
    void hangUpIsReportedUnasked() {
        epoll.add(pipe.readEnd(), 0, 5);
        assertThat(epoll.await(0)).isZero();
        pipe.writeEnd().close();
        assertThat(epoll.await(PATIENCE)).isEqualTo(1);
        assertThat(epoll.readiness(0)).isEqualTo(Epoll.HANG_UP);
    }

    @Test
    void changesInterestAndToken() {
        epoll.add(pipe.writeEnd(), 0, 1);
        assertThat(epoll.await(0)).isZero();
        epoll.modify(pipe.writeEnd(), Epoll.WRITABLE, 2);
        assertThat(epoll.await(PATIENCE)).isEqualTo(1);
        assertThat(epoll.token(0)).isEqualTo(2);
        assertThat(epoll.readiness(0)).isEqualTo(Epoll.WRITABLE);
    }

    @Test
    void removedIsNotReported() {
        epoll.add(pipe.readEnd(), Epoll.READABLE, 1);
        Kernel.write(pipe.writeEnd(), "x");
        epoll.remove(pipe.readEnd());
        assertThat(epoll.await(0)).isZero();
    }

    @Test
    void refusesTheSameDescriptorTwice() {
        epoll.add(pipe.readEnd(), Epoll.READABLE, 1);
        assertThatThrownBy(() -> epoll.add(pipe.readEnd(), Epoll.READABLE, 2))
                .hasMessage("epoll_ctl(" + pipe.readEnd() + "): EEXIST (File exists)");
    }

    @Test
    void refusesToRemoveWhatItDoesNotWatch() {
        assertThatThrownBy(() -> epoll.remove(pipe.readEnd())).hasMessageContaining("ENOENT");
        assertThatThrownBy(() -> epoll.modify(pipe.readEnd(), 0, 0)).hasMessageContaining("ENOENT");
    }

    @Test
    void refusesAFile() {
        try (Fd file = Fd.open(LIBC, CString.of("/proc/self/stat"), Linux.O_RDONLY())) {
            assertThatThrownBy(() -> epoll.add(file, Epoll.READABLE, 1)).hasMessageContaining("EPERM");
        }
    }

    /** The JVM's handler for SIGPIPE does nothing; sent to a thread that waits, it interrupts the wait all the same. */
    @Test
    void anInterruptedWaitIsNoFailure() throws Exception {
        AtomicLong thread = new AtomicLong();
        FutureTask<Integer> wait = new FutureTask<>(() -> {
            thread.set(Raw.syscall(Linux.SYS_gettid()));
            return epoll.await(PATIENCE);
        });
        long start = System.nanoTime();
        Thread.ofPlatform().start(wait);
        Kernel.await("the interrupted wait", () -> {
            if (thread.get() != 0 && !wait.isDone()) {
                Raw.syscall(Linux.SYS_tgkill(), LIBC.getpid(), thread.get(), Signal.PIPE.number());
            }
            return wait.isDone();
        });
        assertThat(wait.get()).isZero();
        assertThat(System.nanoTime() - start).isLessThan(Kernel.PATIENCE.toNanos());
    }

    @Test
    void aFailedWaitIsTold() {
        Libc broken = Kernel.with("epoll_wait", arguments -> (long) -Errno.EBADF);
        try (Epoll failing = Epoll.open(broken)) {
            assertThatThrownBy(() -> failing.await(0)).hasMessageStartingWith("epoll_wait(")
                    .hasMessageContaining("EBADF");
        }
    }
}
