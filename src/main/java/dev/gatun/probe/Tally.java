package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the attempts have come to so far: the pure core of a {@link Prober}.
 *
 * @param standing as it was reported last
 * @param starting whether failures do not count yet
 * @param successes in a row, up to now
 * @param failures in a row that count, up to now
 * @param lastReason of the last failure; empty before the first
 */
record Tally(Standing standing, boolean starting, int successes, int failures, String lastReason) {

    /** What is known of the process. */
    enum Standing {
        /** Nothing yet. */
        UNKNOWN,
        READY,
        NOT_READY
    }

    Tally {
        requireNonNull(standing);
        requireNonNull(lastReason);
    }

    /** The next tally, and what is to be reported of it. */
    record Ruling(Tally next, Optional<Verdict> verdict) {}

    static Tally atStart(ProbeSchedule schedule) {
        return new Tally(Standing.UNKNOWN, !schedule.startup().isZero(), 0, 0, "");
    }

    Ruling on(CheckResult result, ProbeSchedule schedule) {
        return result.success() ? success(schedule) : failure(result.reason(), schedule);
    }

    private Ruling success(ProbeSchedule schedule) {
        int inARow = Math.min(successes + 1, schedule.successThreshold());
        if (standing == Standing.READY || inARow < schedule.successThreshold()) {
            return silent(new Tally(standing, starting, inARow, 0, lastReason));
        }
        // Who was ready once has started: from now on all failures count.
        return new Ruling(
                new Tally(Standing.READY, false, inARow, 0, lastReason), Optional.of(new Verdict.Ready()));
    }

    private Ruling failure(String reason, ProbeSchedule schedule) {
        int inARow = starting ? 0 : Math.min(failures + 1, schedule.failureThreshold());
        if (standing == Standing.NOT_READY || inARow < schedule.failureThreshold()) {
            return silent(new Tally(standing, starting, 0, inARow, reason));
        }
        String told = inARow == 1 ? reason : reason + " (" + inARow + " failures in a row)";
        return new Ruling(
                new Tally(Standing.NOT_READY, false, 0, inARow, reason), Optional.of(new Verdict.NotReady(told)));
    }

    /** The time in which failures do not count is over. */
    Ruling startupOver(ProbeSchedule schedule) {
        if (!starting) {
            return silent(this);
        }
        String told = "failed to become ready within " + CheckResult.words(schedule.startup())
                + (lastReason.isEmpty() ? "" : ": " + lastReason);
        return new Ruling(
                new Tally(Standing.NOT_READY, false, successes, 0, lastReason),
                Optional.of(new Verdict.NotReady(told)));
    }

    private static Ruling silent(Tally next) {
        return new Ruling(next, Optional.empty());
    }
}
