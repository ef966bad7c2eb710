package dev.gatun.bench;

/** A line of a report that compares a figure with its target. */
public final class Verdict {

    private Verdict() {}

    public static String atMost(String what, double ratio, double target) {
        return line(what, ratio, "at most", target, ratio <= target);
    }

    public static String atLeast(String what, double ratio, double target) {
        return line(what, ratio, "at least", target, ratio >= target);
    }

    private static String line(String what, double ratio, String relation, double target, boolean met) {
        return "* " + what + " = **" + Table.format(ratio) + "** (target: " + relation + " " + Table.format(target)
                + "): " + (met ? "met" : "MISSED");
    }
}
