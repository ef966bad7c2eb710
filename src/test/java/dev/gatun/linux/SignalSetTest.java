package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.proc.ProcStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SignalSetTest {

    @Property
    void addsAndRemovesOne(@ForAll long bits, @ForAll @IntRange(min = 1, max = 64) int signal) {
        SignalSet set = new SignalSet(bits);
        assertThat(set.plus(signal).contains(signal)).isTrue();
        assertThat(set.minus(signal).contains(signal)).isFalse();
        for (int other = 1; other <= Signal.MAX; other++) {
            if (other != signal) {
                assertThat(set.plus(signal).contains(other)).isEqualTo(set.contains(other));
                assertThat(set.minus(signal).contains(other)).isEqualTo(set.contains(other));
            }
        }
    }

    @Property
    void combinesByMembers(@ForAll long first, @ForAll long second) {
        SignalSet one = new SignalSet(first);
        SignalSet two = new SignalSet(second);
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            boolean inOne = one.contains(signal);
            boolean inTwo = two.contains(signal);
            assertThat(one.union(two).contains(signal)).isEqualTo(inOne || inTwo);
            assertThat(one.intersection(two).contains(signal)).isEqualTo(inOne && inTwo);
            assertThat(one.without(two).contains(signal)).isEqualTo(inOne && !inTwo);
        }
    }

    @Test
    void firstAndLastSignalHaveTheirBits() {
        assertThat(SignalSet.of(new Signal(1), new Signal(64)).bits()).isEqualTo(0x8000000000000001L);
        assertThat(SignalSet.of()).isEqualTo(SignalSet.NONE).matches(SignalSet::isEmpty);
        assertThat(SignalSet.of(Signal.HUP).isEmpty()).isFalse();
    }

    @Test
    void namesItsMembers() {
        assertThat(SignalSet.of(Signal.TERM, Signal.HUP, new Signal(64))).hasToString("SIGHUP SIGTERM SIGRTMIN+30");
        assertThat(SignalSet.NONE).hasToString("");
    }

    @Test
    void blocksInThisThreadBesidesWhatIsBlocked() throws Exception {
        OwnThread.run(() -> {
            SignalSet.of(Signal.USR1).block(LIBC);
            SignalSet.of(Signal.WINCH, new Signal(64)).block(LIBC);
            SignalSet blocked = ProcStatus.read(LIBC, "/proc/thread-self/status").orElseThrow().blocked();
            assertThat(blocked.contains(Signal.USR1.number())).isTrue();
            assertThat(blocked.contains(Signal.WINCH.number())).isTrue();
            assertThat(blocked.contains(64)).isTrue();
            assertThat(blocked.contains(Signal.HUP.number())).isFalse();
        });
        SignalSet ours = ProcStatus.read(LIBC, "/proc/thread-self/status").orElseThrow().blocked();
        assertThat(ours.contains(Signal.WINCH.number())).as("in another thread").isFalse();
    }

    @Test
    void isLaidOutAsTheKernelKeepsIt() throws Exception {
        OwnThread.run(() -> {
            try (Arena arena = Arena.ofConfined()) {
                SignalSet set = SignalSet.of(Signal.USR1, new Signal(64), new Signal(Signal.RTMIN));
                MemorySegment mask = set.allocate(arena);
                assertThat(mask.byteSize()).isEqualTo(128);
                assertThat(LIBC.pthread_sigmask(Linux.SIG_SETMASK(), mask, MemorySegment.NULL)).isZero();
                MemorySegment now = arena.allocate(128, 8);
                assertThat(LIBC.pthread_sigmask(Linux.SIG_SETMASK(), MemorySegment.NULL, now)).isZero();
                assertThat(now.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(set.bits());
            }
        });
    }

    @Test
    void failureIsTold() {
        Libc broken = Kernel.with("pthread_sigmask", arguments -> (long) -Errno.EINVAL);
        assertThatThrownBy(() -> SignalSet.of(Signal.HUP).block(broken))
                .hasMessage("pthread_sigmask(SIG_BLOCK): EINVAL (Invalid argument)");
    }
}
