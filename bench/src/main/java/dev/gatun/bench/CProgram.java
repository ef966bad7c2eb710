package dev.gatun.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A contender in C: {@code spawner.c} in a process of its own with as much touched memory as this one. It sleeps while
 * the others are measured, and measures itself by the same clock.
 */
final class CProgram implements Contender {

    private final String name;
    private final String method;
    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    /** @param method what {@code spawner.c} calls it */
    CProgram(String name, String method, String executable, int megabytes) throws IOException {
        this.name = name;
        this.method = method;
        process = new ProcessBuilder(executable, Integer.toString(megabytes))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = process.outputWriter(StandardCharsets.US_ASCII);
        answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void measure(int count, Samples into) throws IOException {
        requests.write(method + " " + count + "\n");
        requests.flush();
        for (int i = 0; i < count; i++) {
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("spawner.c ended in the middle of " + method);
            }
            into.add(Long.parseLong(line));
        }
    }

    /** The program ends at the end of its input. */
    @Override
    public void close() throws IOException {
        requests.close();
        process.onExit().join();
    }
}
