package dev.gatun.engine.container;

import java.util.OptionalInt;

/** Waits for the end of a container, through restarts of the engine: the end is never guessed. For one thread. */
final class EndWatch {

    private final Engine engine;
    private final String id;
    private final Patience patience = new Patience();
    private OptionalInt code = OptionalInt.empty();

    EndWatch(Engine engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    ContainerEnd await() throws InterruptedException {
        while (true) {
            try {
                // An engine that shuts down answers too: only a container that does not run has ended.
                code = OptionalInt.of(engine.awaitEnd(id));
                ContainerState state = engine.inspect(id);
                if (state.isBeingRemoved()) {
                    return new ContainerEnd.Gone(id, code);
                }
                if (!state.isRunning()) {
                    return new ContainerEnd.Ended(state.exitCode(), state.isOutOfMemory());
                }
            } catch (EngineException failure) {
                if (failure.is(EngineException.Kind.NOT_FOUND)) {
                    return new ContainerEnd.Gone(id, code);
                }
            }
            patience.pause();
        }
    }
}
