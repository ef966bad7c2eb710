package dev.gatun.simulation;

/** The loop has gone to sleep, and nothing will ever wake it up: the end of a world, whether all is well in it or not. */
final class Quiet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Quiet() {
        super("nothing is ready and nothing will happen", null, false, false);
    }
}
