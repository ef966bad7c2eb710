package dev.gatun.linux;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The descriptors that this process has open, as {@code /proc/self/fd} shows them. */
public final class DescriptorTable {

    private static final int PATH_MAX = 4096;

    private DescriptorTable() {}

    /**
     * Descriptors above 2 that are not files in certain folders.
     *
     * @param folders absolute paths
     * @return numbers, ascending
     */
    public static int[] openOutside(Libc libc, String... folders) {
        String[] names = new File("/proc/self/fd").list();
        if (names == null) {
            return new int[0];
        }
        int[] found = new int[names.length];
        int count = 0;
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory buffer = NativeMemory.allocate(arena, PATH_MAX);
            for (String name : names) {
                int number = Integer.parseInt(name);
                if (number > 2) {
                    MemorySegment path = CString.of("/proc/self/fd/" + name).allocate(arena);
                    long length = libc.readlink(path, buffer.segment(), PATH_MAX);
                    // Negative: it was the descriptor by which the folder itself was read.
                    if (length > 0 && !isInside(text(buffer, (int) length), folders)) {
                        found[count++] = number;
                    }
                }
            }
        }
        int[] numbers = Arrays.copyOf(found, count);
        Arrays.sort(numbers);
        return numbers;
    }

    private static String text(NativeMemory buffer, int length) {
        return CString.ofBytes(buffer.get(0, length)).toString();
    }

    private static boolean isInside(String path, String[] folders) {
        for (String folder : folders) {
            if (path.startsWith(folder) && (folder.endsWith("/") || path.startsWith("/", folder.length()))) {
                return true;
            }
        }
        return false;
    }
}
