package dev.gatun.linux;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A string as the kernel knows it: bytes without a NUL. File names, arguments and environment entries need not be text
 * in any encoding, and the JVM decodes its own by the locale (in a container without {@code LANG} every byte above 127
 * is lost). What is handed on to a program therefore never passes through {@link String}. Immutable.
 */
public final class CString {

    private final byte[] bytes;

    private CString(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The UTF-8 bytes of a string.
     *
     * @throws IllegalArgumentException where it contains a NUL, which would silently cut it short
     */
    public static CString of(String text) {
        return ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes over the bytes, without their terminator.
     *
     * @throws IllegalArgumentException where they contain a NUL
     */
    public static CString ofBytes(byte[] bytes) {
        for (byte b : requireNonNull(bytes)) {
            if (b == 0) {
                throw new IllegalArgumentException("a NUL character inside \"" + new CString(bytes) + "\"");
            }
        }
        return new CString(bytes);
    }

    public static List<CString> listOf(String... texts) {
        List<CString> list = new ArrayList<>(texts.length);
        for (String text : texts) {
            list.add(of(text));
        }
        return list;
    }

    /** Splits what the kernel shows as NUL-terminated strings, {@code /proc/self/cmdline} for one. */
    public static List<CString> split(byte[] terminated) {
        List<CString> list = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < terminated.length; i++) {
            if (terminated[i] == 0) {
                list.add(new CString(Arrays.copyOfRange(terminated, start, i)));
                start = i + 1;
            }
        }
        if (start < terminated.length) {
            list.add(new CString(Arrays.copyOfRange(terminated, start, terminated.length)));
        }
        return list;
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public boolean contains(char ascii) {
        return indexOf(ascii) >= 0;
    }

    /** Index of the first such ASCII character, or -1. */
    public int indexOf(char ascii) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == ascii) {
                return i;
            }
        }
        return -1;
    }

    /** The bytes themselves, which nobody may change. */
    byte[] raw() {
        return bytes;
    }

    byte at(int index) {
        return bytes[index];
    }

    public boolean startsWith(CString prefix) {
        int length = prefix.bytes.length;
        return bytes.length >= length && Arrays.equals(bytes, 0, length, prefix.bytes, 0, length);
    }

    public CString substring(int from, int to) {
        return new CString(Arrays.copyOfRange(bytes, from, to));
    }

    public CString plus(CString other) {
        byte[] joined = Arrays.copyOf(bytes, bytes.length + other.bytes.length);
        System.arraycopy(other.bytes, 0, joined, bytes.length, other.bytes.length);
        return new CString(joined);
    }

    /** Copies the bytes and their terminator into native memory. */
    public MemorySegment allocate(Arena arena) {
        NativeMemory memory = NativeMemory.allocate(arena, bytes.length + 1L);
        memory.put(0, bytes, bytes.length);
        return memory.segment();
    }

    /** Copies the strings, and a NULL-terminated array of pointers to them, as {@code execve(2)} wants it. */
    public static MemorySegment allocateArray(Arena arena, List<CString> strings) {
        NativeMemory array = NativeMemory.allocate(arena, 8L * (strings.size() + 1));
        for (int i = 0; i < strings.size(); i++) {
            array.putLong(8L * i, strings.get(i).allocate(arena).address());
        }
        return array.segment();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CString string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people to read: decoded as UTF-8, with a replacement character for what is not. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
