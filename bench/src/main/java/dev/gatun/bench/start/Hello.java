package dev.gatun.bench.start;

/** The least a Java program can do. */
final class Hello {

    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("Hello");
    }
}
