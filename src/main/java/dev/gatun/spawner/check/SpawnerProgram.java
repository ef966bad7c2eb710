package dev.gatun.spawner.check;

import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.Spawned;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The spawner as a process: its streams and its end. For one thread, which has to live as long as it: with that thread
 * the spawner gets SIGTERM, so that it can end its processes.
 */
final class SpawnerProgram implements AutoCloseable {

    private static final int LOG_LINES = 5;

    private final Libc libc;
    private final Spawned process;
    private final Connection streams;
    private final Connection errors;
    private boolean ended;

    private SpawnerProgram(Libc libc, Spawned process, Connection streams, Connection errors) {
        this.libc = libc;
        this.process = process;
        this.streams = streams;
        this.errors = errors;
    }

    /** @throws NotStarted where it cannot be started */
    static SpawnerProgram start(Libc libc, List<CString> command, List<CString> environment) {
        CString program = switch (CommandPath.find(libc, command.getFirst(), environment)) {
            case CommandPath.Executable found -> found.path();
            case CommandPath.NotExecutable found -> throw notStarted(command, found.path() + " is not executable");
            case CommandPath.Missing _ -> throw notStarted(command, "there is no such program");
        };
        Pipe input = Pipe.open(libc);
        Pipe output = Pipe.open(libc);
        Pipe error = Pipe.open(libc);
        Pipe nothing = Pipe.open(libc);
        SpawnResult result = new ProcessSetup(program, command, environment)
                .streams(
                        new Redirect.ToPipe(input.readEnd()),
                        new Redirect.ToPipe(output.writeEnd()),
                        new Redirect.ToPipe(error.writeEnd()))
                .parentDeathSignal(Optional.of(Signal.TERM))
                .tape(libc)
                .spawn(libc);
        input.readEnd().close();
        output.writeEnd().close();
        error.writeEnd().close();
        nothing.readEnd().close();
        if (!(result instanceof Spawned process)) {
            List.of(input, output, error, nothing).forEach(Pipe::close);
            throw notStarted(command, result.toString());
        }
        return new SpawnerProgram(
                libc,
                process,
                new Connection(new PipeWire(libc, output.readEnd(), input.writeEnd()), "spawner"),
                new Connection(new PipeWire(libc, error.readEnd(), nothing.writeEnd()), "spawner log"));
    }

    private static NotStarted notStarted(List<CString> command, String why) {
        return new NotStarted("cannot start the spawner " + command.getFirst() + ": " + why);
    }

    /** Its standard input and output. */
    Connection streams() {
        return streams;
    }

    /** The last lines of its standard error. */
    String log() {
        List<Line> lines = errors.transcript().lines();
        return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()).stream()
                .map(Line::excerpt)
                .collect(Collectors.joining("\n"));
    }

    void terminate() {
        process.pidfd().send(Signal.TERM.number());
    }

    /** Whether it ends in this time. */
    boolean awaitEnd(Duration timeout) {
        if (!ended) {
            try (Epoll epoll = Epoll.open(libc)) {
                epoll.add(process.pidfd(), Epoll.READABLE, 0);
                long end = System.nanoTime() + timeout.toNanos();
                for (long left = timeout.toMillis(); left > 0 && !ended; left = (end - System.nanoTime()) / 1_000_000) {
                    ended = epoll.await((int) Math.min(left, Integer.MAX_VALUE)) > 0;
                }
            }
        }
        return ended;
    }

    /** Kills what is left of it. */
    @Override
    public void close() {
        process.pidfd().send(Signal.KILL.number());
        new Children(libc).await(process.pid());
        process.pidfd().close();
        streams.close();
        errors.close();
    }
}
