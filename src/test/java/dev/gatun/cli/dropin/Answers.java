package dev.gatun.cli.dropin;

import dev.gatun.cli.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** What a command line is answered with where nothing is run. */
final class Answers {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Console console() {
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** The exit code, where the action answers; -1 where it means to run something. */
    static int exitCode(Callable<?> action) {
        try {
            action.call();
            return -1;
        } catch (Done done) {
            return done.exitCode();
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
