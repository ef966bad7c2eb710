package dev.gatun.bench.start;

/** The least a Java program can do that stays: the measure for a supervisor that has nothing to do. */
final class HelloSleeping {

    private HelloSleeping() {}

    /** @param arguments how long to sleep, in milliseconds */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("Hello");
        Thread.sleep(Long.parseLong(arguments[0]));
    }
}
