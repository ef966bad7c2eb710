package dev.gatun.bench;

/**
 * Daemon threads that allocate as fast as they can, so that the garbage collector is at work most of the time. Each keeps its
 * latest thousand objects, or a collection would have nothing to copy and be over at once.
 */
final class AllocationLoad implements AutoCloseable {

    private static final int KEPT = 1000;
    private static final int OBJECT_BYTES = 2000;

    private volatile boolean stopped;

    AllocationLoad(int threadCount) {
        for (int i = 0; i < threadCount; i++) {
            Thread.ofPlatform().daemon().name("allocation-" + i).start(this::allocate);
        }
    }

    private void allocate() {
        byte[][] kept = new byte[KEPT][];
        for (int i = 0; !stopped; i++) {
            kept[i % KEPT] = new byte[OBJECT_BYTES];
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
