package dev.gatun.service;

import dev.gatun.lifecycle.ExitStatus;
import dev.gatun.lifecycle.Outcome;

/** The launcher's exit code for the end of its service. */
final class ExitCodes {

    /** What the older launchers answer for any signal. */
    private static final int LEGACY_SIGNAL = 255;

    private ExitCodes() {}

    /** @param legacy 255 where a signal ended it, instead of 128 and the signal */
    static int of(Outcome outcome, boolean legacy) {
        return legacy && endedBySignal(outcome) ? LEGACY_SIGNAL : outcome.exitCode();
    }

    private static boolean endedBySignal(Outcome outcome) {
        return switch (outcome.kind()) {
            case SIGNALLED, OOM_KILLED -> true;
            case WATCHDOG_KILLED -> ((Outcome.WatchdogKilled) outcome).how() instanceof ExitStatus.Signal;
            case STOPPED -> ((Outcome.Stopped) outcome).how() instanceof ExitStatus.Signal;
            case EXITED_NORMALLY, PROBE_FAILED, START_TIMEOUT, SPAWN_FAILED, LOST_BY_LAUNCHER -> false;
        };
    }
}
