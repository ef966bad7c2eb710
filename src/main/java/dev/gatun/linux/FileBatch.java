package dev.gatun.linux;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;

/**
 * The beginnings of many small files, which are kept open and read anew again and again, all of them in one foreign call
 * (pread(2)). A file of {@code /proc/PID} that is kept open belongs to that process for ever: when the process has ended
 * the read says so, whoever has its pid by then. For one thread.
 */
public final class FileBatch implements AutoCloseable {

    /** How much is read of each. */
    public static final int FILE_BYTES = 64;

    /** From asm/unistd_64.h and asm-generic/unistd.h. */
    private static final long PREAD64 = Architecture.current() == Architecture.X86_64 ? 17 : 67;

    /** What stands in the place of a file that was removed: the call costs nothing. */
    private static final int NO_FILE = -1;

    private final Fd[] files;
    private final RawCalls calls;
    private final NativeMemory buffer;
    private final byte[] bytes;
    private int places;
    private int size;

    /**
     * A batch without files.
     *
     * @param capacity how many there can be
     */
    public FileBatch(Libc libc, int capacity) {
        files = new Fd[capacity];
        calls = new RawCalls(libc, capacity);
        buffer = NativeMemory.allocate(Arena.ofAuto(), (long) capacity * FILE_BYTES);
        bytes = new byte[capacity * FILE_BYTES];
    }

    /** Whether one more can be added. */
    public boolean hasRoom() {
        return size < files.length;
    }

    /**
     * Adds a file, which belongs to the batch from now on.
     *
     * @return its place, by which it is asked for
     * @throws IndexOutOfBoundsException when there is no room
     */
    public int add(Fd file) {
        int place = 0;
        while (place < places && files[place] != null) {
            place++;
        }
        put(place, requireNonNull(file).number());
        files[place] = file;
        size++;
        places = Math.max(places, place + 1);
        return place;
    }

    private void put(int place, int number) {
        calls.set(place, PREAD64, number, buffer.address() + (long) place * FILE_BYTES, FILE_BYTES, 0);
    }

    /** Closes a file; its place is free for another. */
    public void remove(int place) {
        put(place, NO_FILE);
        files[place].close();
        files[place] = null;
        size--;
    }

    /** Reads all of them. */
    public void read() {
        calls.run();
        buffer.get(bytes, places * FILE_BYTES);
    }

    /** How many bytes the last {@link #read} found in a file, or {@code -errno}. */
    public int count(int place) {
        return (int) calls.result(place);
    }

    /** The bytes of all; those of a file begin at {@link #FILE_BYTES} times its place. The next read changes them. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public void close() {
        for (int place = 0; place < places; place++) {
            if (files[place] != null) {
                remove(place);
            }
        }
    }
}
