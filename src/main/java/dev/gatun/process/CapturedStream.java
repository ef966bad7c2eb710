package dev.gatun.process;

import dev.gatun.log.OutputWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One stream of one start, on its way from the pipe to its writer. */
final class CapturedStream implements OutputPump.Sink, LineSplitter.LineConsumer {

    private final String name;
    private final Optional<CaptureLayout> layout;
    private final OutputWriter writer;
    private final Tail tail;
    private final Runnable ended;
    private final LineSplitter splitter = new LineSplitter(this);

    /**
     * A stream that nothing has come from.
     *
     * @param layout empty to write the bytes as they come
     * @param tail what keeps its last lines
     * @param ended what to do at its end
     */
    CapturedStream(String name, Optional<CaptureLayout> layout, OutputWriter writer, Tail tail, Runnable ended) {
        this.name = name;
        this.layout = layout;
        this.writer = writer;
        this.tail = tail;
        this.ended = ended;
    }

    @Override
    public void bytes(byte[] bytes, int count) {
        if (layout.isEmpty()) {
            writer.put(bytes, 0, count);
        }
        if (layout.isPresent() || tail.keepsLines()) {
            splitter.add(bytes, 0, count);
        }
    }

    @Override
    public void line(OutputLine line) {
        if (layout.isPresent()) {
            byte[] bytes = layout.get().line(name, line).getBytes(StandardCharsets.UTF_8);
            writer.put(bytes, 0, bytes.length);
        }
        tail.add(line);
    }

    @Override
    public void end(boolean isComplete) {
        try {
            splitter.end();
        } finally {
            ended.run();
        }
    }
}
