package dev.gatun.linux;

import java.util.BitSet;

/**
 * Sets of processors or of NUMA nodes as the kernel and taskset(1) write them: {@code 0-3,8}, {@code 0-31:2} for every
 * second (cpuset(7), list format).
 */
public final class CpuList {

    /** More than any kernel is built for. */
    private static final int MAX_INDEX = 1 << 16;

    private CpuList() {}

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException with one sentence if it is none, or empty
     */
    public static BitSet parse(String text) {
        BitSet set = new BitSet();
        for (String part : text.strip().split(",", -1)) {
            add(set, part.strip(), text);
        }
        return set;
    }

    private static void add(BitSet set, String part, String text) {
        int colon = part.indexOf(':');
        String range = colon < 0 ? part : part.substring(0, colon);
        int hyphen = range.indexOf('-');
        int first = number(hyphen < 0 ? range : range.substring(0, hyphen), text);
        int last = hyphen < 0 ? first : number(range.substring(hyphen + 1), text);
        int stride = colon < 0 ? 1 : number(part.substring(colon + 1), text);
        if (last < first || stride == 0 || colon >= 0 && hyphen < 0) {
            throw malformed(text);
        }
        for (int index = first; index <= last; index += stride) {
            set.set(index);
        }
    }

    private static int number(String digits, String text) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed(text);
        }
        int number = Integer.parseInt(digits);
        if (number >= MAX_INDEX) {
            throw malformed(text);
        }
        return number;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException("\"" + text + "\" is no list such as 0-3,8 or 0-31:2");
    }

    /** The shortest list without strides: {@code 0-3,8}. */
    public static String text(BitSet set) {
        StringBuilder text = new StringBuilder();
        int first = set.nextSetBit(0);
        while (first >= 0) {
            int end = set.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (end - first > 1) {
                text.append('-').append(end - 1);
            }
            first = set.nextSetBit(end);
        }
        return text.toString();
    }
}
