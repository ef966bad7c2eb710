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

    /** Lines that came together go to the writer together, so that it is not woken for each. */
    private final StringBuilder text = new StringBuilder();

    private String beginning = "";

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
            if (!tail.keepsLines()) {
                return;
            }
        }
        splitter.add(bytes, 0, count);
        putText();
    }

    @Override
    public void line(OutputLine line) {
        if (layout.isPresent()) {
            if (beginning.isEmpty()) {
                beginning = layout.get().beginning(name);
            }
            layout.get().append(text, beginning, line);
        }
        tail.add(line);
    }

    private void putText() {
        if (!text.isEmpty()) {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            writer.put(bytes, 0, bytes.length);
            text.setLength(0);
            beginning = "";
        }
    }

    @Override
    public void end(boolean isComplete) {
        try {
            splitter.end();
            putText();
        } finally {
            ended.run();
        }
    }
}
