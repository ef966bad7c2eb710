package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/**
 * The machine code that walks a {@link SpawnTape}, assembled from {@code src/main/asm/ARCH/spawn.s}, and the page of
 * executable memory it lives in. It is position-independent. Thread-safe.
 *
 * <p>The page is written first and made executable afterwards, never both at a time. On aarch64 it is this change of
 * protection that makes the kernel bring the instruction cache up to date.
 */
final class SpawnStub {

    static final String X86_64 = "5341544889cb4989fc4531d24885ff740cb8380000000f054885c075538b0348"
            + "8b7b08488b7310488b53184c8b53204c8b43284c8b4b300f05488b4b38488901"
            + "483343404823434875158b430448394308730648ff4308ebc44883c350ebbe4d"
            + "85e4740cbf7f000000b8e70000000f05415c5bc3";

    static final String AARCH64 = "f353bfa9f30303aaf40300aac00000b4e3031faae4031faa881b80d2010000d4"
            + "200300b5680240b9608640a9628e41a9649642a9010000d4691e40f9200100f9"
            + "6a2e44a900000aca00000bea41010054690640b96a0640f95f0109eb82000054"
            + "4a0500916a0600f9efffff1773420191edffff17940000b4e00f80d2c80b80d2"
            + "010000d4f353c1a8c0035fd6";

    private static final int PAGE_BYTES = 4096;

    private final Libc libc;
    private MemorySegment page;

    SpawnStub(Libc libc) {
        this.libc = libc;
    }

    /** Where the code is; it is put there at the first call and stays. */
    synchronized MemorySegment address() {
        if (page == null) {
            page = map(HexFormat.of().parseHex(Architecture.current() == Architecture.X86_64 ? X86_64 : AARCH64));
        }
        return page;
    }

    private MemorySegment map(byte[] code) {
        int writable = Linux.PROT_READ() | Linux.PROT_WRITE();
        int flags = Linux.MAP_PRIVATE() | Linux.MAP_ANONYMOUS();
        long address = LinuxException.check(libc.mmap(0, PAGE_BYTES, writable, flags, -1, 0), "mmap", PAGE_BYTES);
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(PAGE_BYTES);
        NativeMemory.of(memory).put(0, code, code.length);
        int executable = Linux.PROT_READ() | Linux.PROT_EXEC();
        LinuxException.check(
                libc.mprotect(address, PAGE_BYTES, executable), "mprotect", "PROT_EXEC, for the spawn stub");
        return memory;
    }
}
