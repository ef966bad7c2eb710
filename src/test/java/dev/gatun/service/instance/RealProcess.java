package dev.gatun.service.instance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs until the test is over. */
final class RealProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private RealProcess(Process process) {
        this.process = process;
        output = process.inputReader();
    }

    static RealProcess start(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            while (process.isAlive() && isInExec(process)) {
                Thread.yield();
            }
            return new RealProcess(process);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The kernel does not show its words yet. */
    private static boolean isInExec(Process process) {
        Path words = Path.of("/proc/" + process.pid() + "/cmdline");
        try {
            return Files.readString(words).isEmpty()
                    && !Files.readString(words.resolveSibling("stat")).contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }

    /** A JVM with our class path. */
    static RealProcess java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return start(command.toArray(String[]::new));
    }

    static RealProcess shell(String script) {
        return start("/bin/sh", "-c", script);
    }

    int pid() {
        return (int) process.pid();
    }

    String line() {
        try {
            return output.readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes());
            process.getOutputStream().flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits for its end, which must be a good one. */
    void finish() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(process.info().commandLine() + " failed: " + process);
            }
        } catch (InterruptedException told) {
            throw new AssertionError(told);
        }
    }

    /** Ends it and waits for it. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("process " + pid() + " does not end");
            }
        } catch (InterruptedException told) {
            throw new AssertionError(told);
        }
    }
}
