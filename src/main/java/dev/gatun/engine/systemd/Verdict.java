package dev.gatun.engine.systemd;

/** What the state of a unit means to the life of its process. */
sealed interface Verdict {

    /** Nothing yet. */
    record Wait() implements Verdict {}

    /** The program is executed. */
    record Runs() implements Verdict {}

    /** The process has ended; the unit is there for as long as nobody stops it, and what the process left with it. */
    record LeftBehind() implements Verdict {}

    /** Nothing of it runs any more, and how it ended is known. */
    record Over() implements Verdict {}

    /** The program was never executed. */
    record NotStarted(String reason) implements Verdict {}

    /** There is no unit. */
    record Vanished() implements Verdict {}

    static Verdict of(UnitState state) {
        if (!state.isThere()) {
            return new Vanished();
        }
        if (state.isLeftOver()) {
            return new LeftBehind();
        }
        if (state.isOver()) {
            return state.hasRun() ? new Over() : new NotStarted(StartFailure.reason(state));
        }
        return state.hasRun() ? new Runs() : new Wait();
    }
}
