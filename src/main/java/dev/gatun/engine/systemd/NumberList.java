package dev.gatun.engine.systemd;

import java.util.BitSet;

/** Lists of processors or NUMA nodes, such as {@code 0-3,8}, as numactl(8), taskset(1) and the kernel write them. */
final class NumberList {

    private static final int MAX = 8191;

    private NumberList() {}

    /**
     * Reads a list.
     *
     * @param all what {@code all} means
     * @throws IllegalArgumentException with one sentence if it is none
     */
    static BitSet parse(String text, BitSet all) {
        if (text.strip().equals("all")) {
            return (BitSet) all.clone();
        }
        BitSet numbers = new BitSet();
        for (String part : text.strip().split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            int first = number(ends[0], text);
            int last = ends.length == 2 ? number(ends[1], text) : first;
            if (ends.length > 2 || last < first) {
                throw malformed(text);
            }
            numbers.set(first, last + 1);
        }
        return numbers;
    }

    private static int number(String digits, String text) {
        if (!digits.matches("[0-9]{1,4}") || Integer.parseInt(digits) > MAX) {
            throw malformed(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is no list of numbers; expected one such as 0-3,8, or all");
    }
}
