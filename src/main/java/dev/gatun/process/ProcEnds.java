package dev.gatun.process;

import dev.gatun.lifecycle.Outcome;

/** How an end looks from outside: what the supervisor stopped a process for, else what its launcher says. */
final class ProcEnds {

    private ProcEnds() {}

    static ProcState.Terminal of(Outcome outcome, ProcExit exit) {
        return switch (outcome.kind()) {
            case PROBE_FAILED -> new ProcState.Failed(((Outcome.ProbeFailed) outcome).reason(), exit.stderrTail());
            case START_TIMEOUT -> new ProcState.Failed(outcome.describe(), exit.stderrTail());
            case EXITED_NORMALLY, SIGNALLED, OOM_KILLED, WATCHDOG_KILLED, SPAWN_FAILED, LOST_BY_LAUNCHER, STOPPED ->
                of(exit);
        };
    }

    private static ProcState.Terminal of(ProcExit exit) {
        return switch (exit) {
            case ProcExit.Exited exited -> new ProcState.Stopped(exited.code(), exited.stderrTail());
            case ProcExit.Signalled signalled ->
                new ProcState.Killed(signalled.signal(), signalled.coreDumped(), signalled.stderrTail());
            case ProcExit.Failed failed -> new ProcState.Failed(failed.reason(), failed.stderrTail());
        };
    }
}
