package dev.gatun.linux;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The descriptors that this process has open, as {@code /proc/self/fd} shows them. */
public final class DescriptorTable {

    /**
     * System property with the descriptors above 2 that the JVM was started with, separated by commas. Once it runs
     * nothing tells them for sure from what it has opened itself: the socket of its attach listener and the file of a
     * flight recording are not close-on-exec either.
     */
    static final String INHERITED = "gatun.descriptors";

    private static final int PATH_MAX = 4096;

    private DescriptorTable() {}

    /**
     * Descriptors above 2 that the JVM was started with: those of {@link #INHERITED}. Without it, all that are open and
     * not files of the JDK or of Gatun; look before anything else is opened.
     *
     * @return numbers, ascending
     */
    public static int[] inherited(Libc libc) {
        String said = System.getProperty(INHERITED);
        return said == null
                ? openOutside(libc, System.getProperty("java.home", "/"), System.getProperty("gatun.home", "/"))
                : parse(said);
    }

    private static int[] parse(String text) {
        String[] words = text.split(",");
        int[] numbers = new int[words.length];
        int count = 0;
        for (String word : words) {
            if (!word.isEmpty()) {
                numbers[count++] = Integer.parseInt(word);
            }
        }
        int[] found = Arrays.copyOf(numbers, count);
        Arrays.sort(found);
        return found;
    }

    /** The property's value for these descriptors. */
    static String format(int[] numbers) {
        StringBuilder text = new StringBuilder();
        for (int number : numbers) {
            text.append(text.isEmpty() ? "" : ",").append(number);
        }
        return text.toString();
    }

    /**
     * Descriptors above 2 that are not files in certain folders.
     *
     * @param folders absolute paths
     * @return numbers, ascending
     */
    private static int[] openOutside(Libc libc, String... folders) {
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
