package dev.gatun.lifecycle;

/** What {@link State.Running} and {@link State.Ready} have in common. */
record Live(State state, int pid, History history, long sinceNanos, boolean ready) {
    static Live of(State state) {
        return state instanceof State.Ready ready
                ? new Live(state, ready.pid(), ready.history(), ready.sinceNanos(), true)
                : of((State.Running) state);
    }

    private static Live of(State.Running running) {
        return new Live(running, running.pid(), running.history(), running.sinceNanos(), false);
    }

    State with(History next) {
        return ready ? new State.Ready(pid, next, sinceNanos) : new State.Running(pid, next, sinceNanos);
    }
}
