package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.proc.ProcStatus;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoFdLeak.class)
class CapabilitySetsTest {

    private static long shown(String field) {
        ProcStatus status = ProcStatus.read(LIBC, "/proc/thread-self/status").orElseThrow();
        return Long.parseUnsignedLong(status.field(field).orElseThrow(), 16);
    }

    private static void assertAreThoseOfThisThread(CapabilitySets sets) {
        assertThat(sets.effective()).isEqualTo(shown("CapEff"));
        assertThat(sets.permitted()).isEqualTo(shown("CapPrm"));
        assertThat(sets.inheritable()).isEqualTo(shown("CapInh"));
        for (Capability capability : Capability.values()) {
            assertThat(sets.isEffective(capability)).isEqualTo((shown("CapEff") >> capability.number() & 1) == 1);
        }
    }

    @Test
    void areThoseTheKernelShows() {
        assertAreThoseOfThisThread(CapabilitySets.current(LIBC));
    }

    @Test
    void areTheThreadsOwn() throws Exception {
        Kernel.assumeRoot("become somebody else");
        CapabilitySets ours = CapabilitySets.current(LIBC);
        AsNobody.run(() -> {
            assertAreThoseOfThisThread(CapabilitySets.current(LIBC));
            assertThat(CapabilitySets.current(LIBC)).isEqualTo(new CapabilitySets(0, 0, 0)).isNotEqualTo(ours);
        });
    }

    /** Each set gets capabilities of its own from the lower and from the upper half, so none can be taken for another. */
    @Test
    void areGivenToTheKernelAsItReadsThem() throws Exception {
        Kernel.assumeRoot("hand out capabilities");
        long permitted =
                bits(Capability.CHOWN, Capability.SETPCAP, Capability.NET_RAW, Capability.SYSLOG, Capability.BPF);
        CapabilitySets sets = new CapabilitySets(
                bits(Capability.CHOWN, Capability.SYSLOG), permitted, bits(Capability.NET_RAW, Capability.BPF));
        OwnThread.run(() -> {
            set(sets);
            assertThat(CapabilitySets.current(LIBC)).isEqualTo(sets);
            assertAreThoseOfThisThread(sets);
        });
    }

    static void set(CapabilitySets sets) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment header = arena.allocate(8, 8).copyFrom(MemorySegment.ofArray(CapabilitySets.header()));
            MemorySegment data = arena.allocate(24, 8).copyFrom(MemorySegment.ofArray(sets.data()));
            assertThat(Raw.syscall(SystemCall.CAPSET.number(), header.address(), data.address())).isZero();
        }
    }

    static long bits(Capability... capabilities) {
        long bits = 0;
        for (Capability capability : capabilities) {
            bits |= 1L << capability.number();
        }
        return bits;
    }

    @Test
    void halvesAreJoinedWithoutSigns() {
        CapabilitySets sets = new CapabilitySets(0x1_8000_0000L, 0x80_8000_0001L, 0x8000_0000L);
        ByteBuffer data = ByteBuffer.wrap(sets.data()).order(ByteOrder.nativeOrder());
        assertThat(new int[]{data.getInt(), data.getInt(), data.getInt(), data.getInt(), data.getInt(), data.getInt()})
                .containsExactly(0x8000_0000, 0x8000_0001, 0x8000_0000, 1, 0x80, 0);
    }

    @Test
    void dropsFromTheInheritableAlone() {
        long all = -1;
        CapabilitySets sets = new CapabilitySets(all, all, all)
                .withoutInheritable(List.of(Capability.CHOWN, Capability.CHECKPOINT_RESTORE));
        assertThat(sets).isEqualTo(new CapabilitySets(
                all, all, ~bits(Capability.CHOWN, Capability.CHECKPOINT_RESTORE)));
    }

    @Test
    void failureIsTold() {
        Libc broken = Kernel.with("capget", arguments -> (long) -Errno.EINVAL);
        assertThatThrownBy(() -> CapabilitySets.current(broken)).hasMessage("capget(): EINVAL (Invalid argument)");
    }

    @ParameterizedTest
    @EnumSource
    void namesAreRead(Capability capability) {
        assertThat(Capability.parse(capability.toString())).contains(capability);
        assertThat(Capability.parse(capability.name().toLowerCase(Locale.ROOT))).contains(capability);
        assertThat(Capability.parse("cap_" + capability.name())).contains(capability);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CAP_", "0", "ALL", "CAP_CAP_CHOWN", "CAP_CHOWN "})
    void otherNamesAreRefused(String text) {
        assertThat(Capability.parse(text)).isEmpty();
    }
}
