package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The capability sets of a thread that {@code capget(2)} gives.
 *
 * @param effective bit {@code n} stands for capability {@code n}, here as in the others
 */
public record CapabilitySets(long effective, long permitted, long inheritable) {

    /** {@code struct __user_cap_data_struct}, twice: three ints for the lower 32 capabilities, three for the upper. */
    private static final int DATA_BYTES = 24;

    private static final int UPPER_HALF = 12;

    /** The sets of the calling thread. */
    public static CapabilitySets current(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory header = NativeMemory.allocate(arena, 8);
            header.putInt(0, Linux._LINUX_CAPABILITY_VERSION_3());
            NativeMemory data = NativeMemory.allocate(arena, DATA_BYTES);
            LinuxException.check(libc.capget(header.segment(), data.segment()), "capget", "");
            return new CapabilitySets(join(data, 0), join(data, 4), join(data, 8));
        }
    }

    private static long join(NativeMemory data, long offset) {
        long lower = Integer.toUnsignedLong(data.getInt(offset));
        return lower | (long) data.getInt(offset + UPPER_HALF) << 32;
    }

    public boolean isEffective(Capability capability) {
        return (effective & 1L << capability.number()) != 0;
    }

    CapabilitySets withoutInheritable(List<Capability> dropped) {
        long kept = inheritable;
        for (Capability capability : dropped) {
            kept &= ~(1L << capability.number());
        }
        return new CapabilitySets(effective, permitted, kept);
    }

    /** {@code struct __user_cap_header_struct} for the calling thread. */
    static byte[] header() {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putInt(Linux._LINUX_CAPABILITY_VERSION_3())
                .array();
    }

    byte[] data() {
        ByteBuffer data = ByteBuffer.allocate(DATA_BYTES).order(ByteOrder.nativeOrder());
        data.putInt((int) effective).putInt((int) permitted).putInt((int) inheritable);
        data.putInt((int) (effective >> 32)).putInt((int) (permitted >> 32)).putInt((int) (inheritable >> 32));
        return data.array();
    }
}
