package dev.gatun.service.init;

import java.nio.file.Path;

/** Stops the service of a folder, and waits for long. */
final class Stopping {

    private Stopping() {}

    public static void main(String[] arguments) {
        TestDist dist = new TestDist(Path.of(arguments[0])).with("web", "");
        int code = dist.verbs().stop();
        dist.err.forEach(System.out::println);
        System.exit(code);
    }
}
