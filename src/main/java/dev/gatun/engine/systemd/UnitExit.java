package dev.gatun.engine.systemd;

import dev.gatun.linux.Signal;
import dev.gatun.process.ProcExit;
import java.util.List;
import java.util.Optional;

/** How the process of a unit ended, by what the manager tells of it. */
final class UnitExit {

    static final String NEVER_SEEN = "unit disappeared before state could be observed";

    private UnitExit() {}

    /** The end of a unit that {@link UnitState#isOver}. */
    static ProcExit of(UnitState state, Optional<List<String>> tail) {
        if (state.result().equals("oom-kill")) {
            // Of whichever process of the unit: systemd then stops the others, whatever they say when they go.
            return new ProcExit.Signalled(Signal.KILL.number(), false, "systemd oom-kill", tail);
        }
        return switch (state.mainCode()) {
            case UnitState.EXITED -> new ProcExit.Exited(state.mainStatus(), tail);
            case UnitState.KILLED -> new ProcExit.Signalled(state.mainStatus(), false, tail);
            case UnitState.DUMPED -> new ProcExit.Signalled(state.mainStatus(), true, tail);
            default -> byResult(state, tail);
        };
    }

    /** The manager never had an end of the main process: it lost it, or there was none. */
    private static ProcExit byResult(UnitState state, Optional<List<String>> tail) {
        return switch (state.result()) {
            case "exit-code" -> known(state) ? new ProcExit.Exited(state.mainStatus(), tail) : unknown(state, tail);
            case "signal", "watchdog" ->
                known(state) ? new ProcExit.Signalled(state.mainStatus(), false, tail) : unknown(state, tail);
            case "core-dump" ->
                known(state) ? new ProcExit.Signalled(state.mainStatus(), true, tail) : unknown(state, tail);
            default -> unknown(state, tail);
        };
    }

    private static boolean known(UnitState state) {
        return state.mainStatus() > 0;
    }

    private static ProcExit unknown(UnitState state, Optional<List<String>> tail) {
        return new ProcExit.Failed(
                "systemd does not know how the process ended, its result is \"" + state.result() + "\"", tail);
    }

    /** The unit is gone, and took with it how it ended. */
    static ProcExit vanished(UnitName unit, Optional<List<String>> tail) {
        return new ProcExit.Failed("the unit " + unit + " disappeared, and how its process ended with it", tail);
    }
}
