package dev.gatun.config;

import java.util.Collection;
import java.util.Optional;

/** "Did you mean": the known name that is nearest to a mistyped one. */
public final class Suggestion {

    private Suggestion() {}

    /** The nearest of the known names, if it is near enough to be what was meant: at most a third of it is different. */
    public static Optional<String> nearest(String typed, Collection<String> known) {
        Optional<String> best = Optional.empty();
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : known) {
            int enough = candidate.length() / 3;
            if (Math.abs(typed.length() - candidate.length()) > enough) {
                continue; // at least as far away as the lengths are, which may be those of a whole file
            }
            int distance = distance(typed, candidate);
            if (distance < bestDistance && distance <= enough) {
                best = Optional.of(candidate);
                bestDistance = distance;
            }
        }
        return best;
    }

    /** Insertions, deletions, replacements and swaps of neighbours that lead from one to the other. */
    static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
