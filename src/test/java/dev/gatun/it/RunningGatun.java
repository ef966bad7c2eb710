package dev.gatun.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Gatun that has been started. Closing it ends whatever the test has not. */
public final class RunningGatun implements AutoCloseable {

    private final Process process;
    private final String mark;
    private final boolean forks;
    private final boolean leavesSome;
    private final Transcript out;
    private Transcript err;

    RunningGatun(Process process, String mark, boolean forks, boolean readsErrors, boolean leavesSome) {
        this.process = process;
        this.mark = mark;
        this.forks = forks;
        this.leavesSome = leavesSome;
        out = Transcript.of("standard output", process.getInputStream());
        if (readsErrors) {
            readErrors();
        }
    }

    public void readErrors() {
        err = Transcript.of("standard error", process.getErrorStream());
    }

    /** Nobody ever reads standard error again. */
    public void closeErrors() {
        try {
            process.getErrorStream().close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Gatun's pid: that of the process that was started, unless a namespace had to be entered by a fork. */
    public long pid() {
        return forks ? Processes.childOf(process.pid()) : process.pid();
    }

    public Transcript out() {
        return out;
    }

    public Transcript err() {
        return err;
    }

    /** Waits until a recorder of that role is ready, and tells the pid that it has in its namespace. */
    public long awaitReady(String role) {
        return Long.parseLong(out.await("^" + role + " ready pid (\\d+)").group(1));
    }

    /** Waits until a recorder of that role is ready, and tells its pid as we see it. */
    public long pidOf(String role) {
        long pid = awaitReady(role);
        return forks ? Processes.inNamespaceOf(pid(), pid) : pid;
    }

    /** Sends it to Gatun. */
    public void signal(int signal) {
        Kernel.kill(pid(), signal);
    }

    public void type(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public boolean hasEnded() {
        return !process.isAlive();
    }

    /** Waits for the end. Then there is no process left of it, unless that was announced. */
    public Gatun.Ended await() {
        int code = awaitCode();
        if (!leavesSome) {
            assertThat(processes()).as("processes left behind: %s", describe(processes())).isEmpty();
            out.awaitEnd();
            if (err != null) {
                err.awaitEnd();
            }
        }
        return new Gatun.Ended(code, out.bytes(), err == null ? "" : err.text());
    }

    public int awaitCode() {
        try {
            if (!process.waitFor(Await.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Gatun does not end; output:\n" + out.text() + "\nerrors:\n"
                        + (err == null ? "(not read)" : err.text()) + "\nprocesses: " + describe(processes()));
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
        return process.exitValue();
    }

    /** All that runs because of this run: it inherits the mark by its environment. */
    public List<Long> processes() {
        return Processes.withEntry(mark);
    }

    private static String describe(List<Long> pids) {
        return String.join("; ", pids.stream().map(pid -> pid + " " + Processes.commandLine(pid)).toList());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        Await.until("the end of what a test started", () -> {
            List<Long> left = processes();
            for (long pid : left) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
            return left.isEmpty() && !process.isAlive();
        });
    }
}
