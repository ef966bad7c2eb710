package dev.gatun.simulation;

/** A tape as it lies in memory: entries of ten longs (src/main/asm/ARCH/spawn.s). */
record Tape(long address) {

    private static final int ENTRY_BYTES = 80;

    /** One entry. */
    record Entry(long address) {

        /** The upper half is for an entry that repeats, which here is as good as one that does not. */
        long number() {
            return (int) Abi.longAt(address);
        }

        long argument(int index) {
            return Abi.longAt(address + 8 + 8L * index);
        }

        /** Stores a result where the entry wants it. */
        void store(long result) {
            Abi.putLong(Abi.longAt(address + 56), result);
        }

        boolean isViolatedBy(long result) {
            return ((result ^ Abi.longAt(address + 64)) & Abi.longAt(address + 72)) != 0;
        }
    }

    Entry entry(int index) {
        return new Entry(address + (long) ENTRY_BYTES * index);
    }

    /** The file that it will execute. */
    String program() {
        int index = 0;
        while (Calls.of(entry(index).number()) != Calls.EXECVE) {
            index++;
        }
        return Abi.stringAt(entry(index).argument(0));
    }
}
