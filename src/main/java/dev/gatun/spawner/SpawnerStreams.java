package dev.gatun.spawner;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Pipe;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.OutputPump;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pipes of one start of a spawner. For the loop's thread. */
final class SpawnerStreams implements AutoCloseable {

    private final Optional<Pipe> input;
    private final Pipe output;
    private final Pipe error;
    private final List<OutputPump> pumps = new ArrayList<>();

    private SpawnerStreams(Optional<Pipe> input, Pipe output, Pipe error) {
        this.input = input;
        this.output = output;
        this.error = error;
    }

    /**
     * Makes the pipes, all or none, and begins to read.
     *
     * @param hasInput whether the spawner's standard input is a pipe as well
     * @throws dev.gatun.linux.LinuxException when there is no descriptor left
     */
    static SpawnerStreams open(
            Libc libc, EventLoop loop, boolean hasInput, OutputPump.Sink outputSink, OutputPump.Sink errorSink) {
        List<Pipe> pipes = new ArrayList<>();
        boolean isComplete = false;
        try {
            for (int i = 0; i < (hasInput ? 3 : 2); i++) {
                pipes.add(Pipe.open(libc));
            }
            SpawnerStreams streams = new SpawnerStreams(
                    hasInput ? Optional.of(pipes.get(2)) : Optional.empty(), pipes.get(0), pipes.get(1));
            if (hasInput) {
                pipes.get(2).writeEnd().makeNonBlocking();
            }
            streams.pumps.add(new OutputPump(loop, pipes.get(0).readEnd(), outputSink));
            streams.pumps.add(new OutputPump(loop, pipes.get(1).readEnd(), errorSink));
            isComplete = true;
            return streams;
        } finally {
            if (!isComplete) {
                pipes.forEach(Pipe::close);
            }
        }
    }

    void addTo(ProcessSetup setup) {
        setup.streams(
                input.<Redirect>map(pipe -> new Redirect.ToPipe(pipe.readEnd())).orElseGet(Redirect.Discard::new),
                new Redirect.ToPipe(output.writeEnd()),
                new Redirect.ToPipe(error.writeEnd()));
    }

    /** Our copies of what is the spawner's alone; without this the end of a pipe would never be seen. */
    void closeChildEnds() {
        input.ifPresent(pipe -> pipe.readEnd().close());
        output.writeEnd().close();
        error.writeEnd().close();
    }

    /** Where requests go. */
    Pipe.End inputEnd() {
        return input.orElseThrow().writeEnd();
    }

    void closeInput() {
        input.ifPresent(pipe -> pipe.writeEnd().close());
    }

    /** Reads what is there and closes standard output, whoever still writes to it. */
    void closeOutput() {
        pumps.getFirst().close();
    }

    /** The spawner has ended: what it has left in the pipes is read, and nobody else is waited for. */
    void finish() {
        closeInput();
        closeOutput();
        pumps.get(1).drain();
        // Processes that it has left behind may hold its standard error for as long as they live.
        pumps.get(1).finish(Duration.ZERO);
    }

    @Override
    public void close() {
        closeChildEnds();
        closeInput();
        pumps.forEach(OutputPump::close);
    }
}
