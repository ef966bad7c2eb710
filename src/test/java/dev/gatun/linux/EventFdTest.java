package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class EventFdTest {

    @Test
    void isReadableBetweenSignalAndDrain() {
        try (EventFd event = EventFd.open(LIBC)) {
            assertThat(Kernel.isReadable(event)).isFalse();
            event.signal();
            assertThat(Kernel.isReadable(event)).isTrue();
            event.drain();
            assertThat(Kernel.isReadable(event)).isFalse();
        }
    }

    @Test
    void oneDrainTakesAllSignals() {
        try (EventFd event = EventFd.open(LIBC)) {
            event.signal();
            event.signal();
            event.drain();
            assertThat(Kernel.isReadable(event)).isFalse();
        }
    }

    @Test
    void drainWithoutASignalDoesNotWait() {
        try (EventFd event = EventFd.open(LIBC)) {
            event.drain();
            event.signal();
            assertThat(Kernel.isReadable(event)).isTrue();
        }
    }

    @Test
    void aFullCounterStillWakes() {
        try (EventFd event = EventFd.open(LIBC); Arena arena = Arena.ofConfined()) {
            MemorySegment most = arena.allocate(8, 8);
            most.set(ValueLayout.JAVA_LONG, 0, -2);
            assertThat(event.write(most)).isEqualTo(8);
            event.signal();
            assertThat(Kernel.isReadable(event)).isTrue();
            event.drain();
            assertThat(Kernel.isReadable(event)).isFalse();
        }
    }

    @Test
    void anotherThreadWakesAWait() throws Exception {
        try (EventFd event = EventFd.open(LIBC); Epoll epoll = Epoll.open(LIBC)) {
            epoll.add(event, Epoll.READABLE, 7);
            Thread waker = Thread.ofPlatform().start(event::signal);
            assertThat(epoll.await((int) Kernel.PATIENCE.toMillis())).isEqualTo(1);
            assertThat(epoll.token(0)).isEqualTo(7);
            waker.join();
        }
    }
}
