package dev.gatun.engine.container;

import dev.gatun.process.LineSplitter;
import dev.gatun.process.Tail;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The last lines that an ended container wrote to standard error. They come from the engine's log and not from what was
 * followed: nobody may have followed it, or not that far.
 *
 * @param lines how many are wanted
 */
record StderrTail(Engine engine, String id, int lines) {

    private static final int MAX_BYTES = 1 << 20;

    /** The engine counts the lines of both outputs, so more are looked at than are wanted. */
    private static final int FIRST_LOOK_LINES = 10_000;

    /** Empty where the engine has kept none, or does not answer. */
    List<String> read() throws InterruptedException {
        if (lines == 0) {
            return List.of();
        }
        List<String> last = read(Integer.toString(FIRST_LOOK_LINES));
        return last.size() == lines ? last : read("all");
    }

    private List<String> read(String lookedAt) throws InterruptedException {
        Tail tail = new Tail(lines, MAX_BYTES);
        LineSplitter splitter = new LineSplitter(tail::add);
        try (InputStream logs = engine.logs(id, LogStream.STDERR, false, lookedAt)) {
            LogFrames.read(logs, splitter::add);
        } catch (EngineException | IOException incomplete) {
            // What there is of it is better than nothing.
        }
        splitter.end();
        return tail.lines();
    }
}
