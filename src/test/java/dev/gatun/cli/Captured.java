package dev.gatun.cli;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command line printed and how it ended.
 *
 * @param out standard output
 * @param err standard error
 */
record Captured(int exitCode, String out, String err) {

    /** Runs the program in this JVM; not for command lines that launch something. */
    static Captured gatun(String... words) {
        return gatun(new SystemLibc(), words);
    }

    static Captured gatun(Libc libc, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
        int exitCode = Main.run(libc, console, "gatun", CString.listOf(words));
        return new Captured(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
