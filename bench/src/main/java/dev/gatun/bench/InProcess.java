package dev.gatun.bench;

/** A contender that runs in this JVM. */
final class InProcess implements Contender {

    /** Starts the program and gives what is needed to wait for it. */
    @FunctionalInterface
    interface Spawn<T> {
        T start() throws Exception;
    }

    /** Waits for the end of a program and lets go of what belongs to it. */
    @FunctionalInterface
    interface Await<T> {
        void end(T child) throws Exception;
    }

    private final String name;
    private final Measurement measurement;

    @FunctionalInterface
    private interface Measurement {
        long nanos() throws Exception;
    }

    <T> InProcess(String name, Spawn<T> spawn, Await<T> await) {
        this.name = name;
        this.measurement = () -> {
            long before = System.nanoTime();
            T child = spawn.start();
            long after = System.nanoTime();
            await.end(child);
            return after - before;
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void measure(int count, Samples into) throws Exception {
        for (int i = 0; i < count; i++) {
            into.add(measurement.nanos());
        }
    }
}
