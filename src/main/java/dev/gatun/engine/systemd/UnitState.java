package dev.gatun.engine.systemd;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;

/**
 * What the manager tells of a unit at one moment (org.freedesktop.systemd1(5)).
 *
 * @param loadState {@code not-found} where there is no such unit: the manager answers for any name
 * @param activeState {@code activating}, {@code active}, {@code deactivating}, {@code inactive}, {@code failed}…
 * @param subState {@code exited} while active: the process is gone, the unit was told to stay
 * @param result {@code success}, or what went wrong last
 * @param mainCode how the main process ended, a code of waitid(2): 1 exited, 2 killed, 3 dumped; 0 while it has not
 * @param mainStatus its exit code or signal
 * @param mainPid 0 before there is one; stays after the end
 * @param hasJob whether something is still to be done with it
 * @param activeSinceMicros monotonic; 0 where it never was active
 * @param startedMicros when the main process was started, by the wall clock since 1970; 0 before
 * @param invocation names this run of the unit, as hex digits
 * @param description see {@link Description}
 * @param controlGroup its folder below the mount of cgroups; empty where it has none
 */
record UnitState(
        String loadState,
        String activeState,
        String subState,
        String result,
        int mainCode,
        int mainStatus,
        int mainPid,
        boolean hasJob,
        long activeSinceMicros,
        long startedMicros,
        String invocation,
        String description,
        String controlGroup) {

    static final int EXITED = 1;
    static final int KILLED = 2;
    static final int DUMPED = 3;

    /** Exit codes from here to {@link #LAST_SETUP_STATUS} are those of systemd's own child before the exec (systemd.exec(5)). */
    private static final int FIRST_SETUP_STATUS = 200;

    private static final int LAST_SETUP_STATUS = 245;

    UnitState {
        requireNonNull(loadState, "loadState");
        requireNonNull(activeState, "activeState");
        requireNonNull(subState, "subState");
        requireNonNull(result, "result");
        requireNonNull(invocation, "invocation");
        requireNonNull(description, "description");
        requireNonNull(controlGroup, "controlGroup");
    }

    /** A unit whose file is gone is as little found as one that never was, and may run all the same. */
    boolean isThere() {
        return !loadState.equals("not-found") || !activeState.equals("inactive") || mainCode != 0;
    }

    boolean isActive() {
        return activeState.equals("active") || activeState.equals("reloading");
    }

    /** The process is gone, and the unit stays until somebody stops it. */
    boolean isLeftOver() {
        return isActive() && subState.equals("exited");
    }

    /** Nothing of it runs, and nothing will without a new start. */
    boolean isOver() {
        return !hasJob && (activeState.equals("inactive") || activeState.equals("failed"));
    }

    /**
     * Whether the program itself was executed: a unit of type exec is active from then on. What ends in that moment may
     * never have been, and is told by how it ended.
     */
    boolean hasRun() {
        boolean wasSetup = mainCode == EXITED && mainStatus >= FIRST_SETUP_STATUS && mainStatus <= LAST_SETUP_STATUS;
        return isActive() || activeSinceMicros > 0 || mainCode != 0 && !wasSetup;
    }

    Instant startedAt(Instant orElse) {
        return startedMicros > 0 ? Instant.EPOCH.plus(startedMicros, ChronoUnit.MICROS) : orElse;
    }

    OptionalInt pid() {
        return mainPid > 0 ? OptionalInt.of(mainPid) : OptionalInt.empty();
    }
}
