package dev.gatun.engine.container;

/** Waits for the end of a container, through restarts of the engine: the end is never guessed. For one thread. */
final class EndWatch {

    private final Engine engine;
    private final String id;
    private final Patience patience = new Patience();

    EndWatch(Engine engine, String id) {
        this.engine = engine;
        this.id = id;
    }

    ContainerEnd await() throws InterruptedException {
        while (true) {
            try {
                engine.awaitEnd(id);
                // An engine that shuts down answers too, and Podman with code 0 when the container was removed.
                ContainerState state = engine.inspect(id);
                if (state.isBeingRemoved()) {
                    return new ContainerEnd.Gone(id);
                }
                if (state.hasEnded()) {
                    return new ContainerEnd.Ended(state.exitCode(), state.isOutOfMemory());
                }
            } catch (EngineException failure) {
                if (failure.is(EngineException.Kind.NOT_FOUND)) {
                    return new ContainerEnd.Gone(id);
                }
            }
            patience.pause();
        }
    }
}
