package dev.gatun.process;

import dev.gatun.linux.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The pipes of one start: made before the child, left to it by closing our copies, and read until nobody writes. */
final class CapturedStart {

    private final List<Pipe.End> writeEnds = new ArrayList<>(2);
    private final List<OutputPump> pumps = new ArrayList<>(2);
    private final List<Runnable> waiting = new ArrayList<>(1);

    /**
     * Adds what has been made of a pipe.
     *
     * @param writeEnd our copy of the child's end
     */
    void add(Pipe.End writeEnd, OutputPump pump) {
        writeEnds.add(writeEnd);
        pumps.add(pump);
    }

    /** Without it the end of the stream would never come. */
    void closeWriteEnds() {
        for (Pipe.End end : writeEnds) {
            end.close();
        }
    }

    /** Where there will be no child. */
    void discard() {
        closeWriteEnds();
        for (OutputPump pump : pumps) {
            pump.discard();
        }
    }

    void drain() {
        for (OutputPump pump : pumps) {
            pump.drain();
        }
    }

    /** Bounds the wait for the end. */
    void finish(Duration limit) {
        for (OutputPump pump : pumps) {
            pump.finish(limit);
        }
    }

    /** Runs the action at the end, or now if it is over. */
    void afterwards(Runnable action) {
        if (hasEnded()) {
            action.run();
        } else {
            waiting.add(action);
        }
    }

    void close() {
        for (OutputPump pump : pumps) {
            pump.close();
        }
    }

    void streamEnded() {
        if (hasEnded()) {
            List<Runnable> due = List.copyOf(waiting);
            waiting.clear();
            due.forEach(Runnable::run);
        }
    }

    boolean hasEnded() {
        for (OutputPump pump : pumps) {
            if (!pump.hasEnded()) {
                return false;
            }
        }
        return true;
    }
}
