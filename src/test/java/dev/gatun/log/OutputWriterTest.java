package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OutputWriterTest {

    private static final int BUFFER_BYTES = 1 << 14;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Somewhere that does what the test says. */
    private static final class Place implements Destination, OutageListener {

        final ByteArrayOutputStream written = new ByteArrayOutputStream();
        final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch gate;
        volatile Throwable trouble;
        volatile int atMost = Integer.MAX_VALUE;
        volatile Thread thread;
        volatile int closed;

        Place(boolean open) {
            gate = new CountDownLatch(open ? 0 : 1);
        }

        @Override
        public int write(byte[] bytes, int offset, int length) throws IOException {
            thread = Thread.currentThread();
            reached.countDown();
            try {
                gate.await();
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
            switch (trouble) {
                case null -> {}
                case IOException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new AssertionError(trouble);
            }
            int count = Math.min(length, atMost);
            written.write(bytes, offset, count);
            return count;
        }

        @Override
        public void close() {
            closed++;
        }

        @Override
        public void writingFailed(String problem) {
            told.add("failed: " + problem);
        }

        @Override
        public void writingWorksAgain() {
            told.add("works");
        }

        String hear() throws InterruptedException {
            return told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        String text() {
            return written.toString(StandardCharsets.UTF_8);
        }
    }

    private static OutputWriter writer(Place place) {
        return new OutputWriter(place, BUFFER_BYTES, LossNotice.PLAIN, place);
    }

    private static void put(OutputWriter writer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.put(bytes, 0, bytes.length);
    }

    @Test
    void writesInOrderAndToTheEnd() {
        Place place = new Place(true);
        place.atMost = 3;
        OutputWriter writer = writer(place);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            put(writer, "line " + i + "\n");
            all.append("line ").append(i).append('\n');
        }
        assertThat(writer.close(PATIENCE)).isTrue();
        assertThat(place.text()).isEqualTo(all.toString());
        assertThat(place.closed).isEqualTo(1);
        assertThat(place.thread.isAlive()).isFalse();
    }

    @Test
    void startsNoThreadWithoutOutput() {
        Place place = new Place(true);
        assertThat(writer(place).close(PATIENCE)).isTrue();
        assertThat(place.thread).isNull();
    }

    /** The heart of it: what would stop the loop is lost instead, and the place of the loss is marked. */
    @Test
    void placeThatWaitsKeepsNobodyWaiting() throws Exception {
        Place place = new Place(false);
        OutputWriter writer = writer(place);
        put(writer, "first\n");
        place.reached.await();
        int lines = 5000;
        for (int i = 0; i < lines; i++) {
            put(writer, "line " + i + "\n");
        }
        assertThat(writer.lostLines()).isPositive();
        place.gate.countDown();
        assertThat(writer.close(PATIENCE)).isTrue();
        Tally tally = Tally.of(place.text());
        assertThat(tally.lostLines()).isEqualTo(writer.lostLines());
        assertThat(tally.lines().size() + tally.lostLines()).isEqualTo(1 + lines);
        assertThat(place.told).as("slowness is no failure").isEmpty();
    }

    @Test
    void failedWriteIsTriedAgainAndNothingIsLostThatTheBufferHolds() throws Exception {
        Place place = new Place(true);
        OutputWriter writer = writer(place);
        place.trouble = new IOException("no room");
        put(writer, "kept\n");
        assertThat(place.hear()).isEqualTo("failed: no room");
        put(writer, "kept too\n");
        place.trouble = null;
        assertThat(place.hear()).isEqualTo("works");
        assertThat(writer.close(PATIENCE)).isTrue();
        assertThat(place.text()).isEqualTo("kept\nkept too\n");
        assertThat(place.told).as("each outage is told once").isEmpty();
        assertThat(place.closed).as("let go of after the failure").isGreaterThan(1);
    }

    @Test
    void goesOnAfterAnErrorOfTheJvm() throws Exception {
        Place place = new Place(true);
        OutputWriter writer = writer(place);
        place.trouble = new OutOfMemoryError("heap");
        put(writer, "kept\n");
        assertThat(place.hear()).isEqualTo("failed: heap");
        place.trouble = null;
        assertThat(writer.close(PATIENCE)).isTrue();
        assertThat(place.text()).isEqualTo("kept\n");
    }

    @Test
    void goesOnAfterAListenerThatFails() {
        Place place = new Place(true);
        place.trouble = new IOException("no room");
        CountDownLatch told = new CountDownLatch(1);
        OutputWriter writer = new OutputWriter(place, BUFFER_BYTES, LossNotice.PLAIN, new OutageListener() {
            @Override
            public void writingFailed(String problem) {
                place.trouble = null;
                told.countDown();
                throw new IllegalStateException("listener");
            }
        });
        put(writer, "kept\n");
        assertThat(writer.close(PATIENCE)).isTrue();
        assertThat(told.getCount()).isZero();
        assertThat(place.text()).isEqualTo("kept\n");
    }

    @Test
    void endDoesNotWaitForAPlaceThatHangs() throws Exception {
        Place place = new Place(false);
        OutputWriter writer = writer(place);
        put(writer, "stuck\n");
        place.reached.await();
        assertThat(writer.close(Duration.ofMillis(10))).isFalse();
        place.gate.countDown();
        place.thread.join(PATIENCE);
        assertThat(place.thread.isAlive()).isFalse();
    }

    @Test
    void whatCannotBeWrittenUntilTheEndIsCounted() throws Exception {
        Place place = new Place(true);
        place.trouble = new IOException("no room");
        OutputWriter writer = writer(place);
        put(writer, "one\n");
        place.hear();
        put(writer, "two\n");
        assertThat(writer.close(Duration.ofMillis(300))).isFalse();
        place.thread.join(PATIENCE);
        assertThat(writer.lostLines()).isEqualTo(2);
        assertThat(writer.lostBytes()).isEqualTo(8);
    }

    @Test
    void endIsNotKeptFromItsLastTryByALongPause() throws Exception {
        Place place = new Place(true);
        place.trouble = new IOException("no room");
        OutputWriter writer = writer(place);
        put(writer, "one\n");
        place.hear();
        place.trouble = null;
        assertThat(writer.close(PATIENCE)).isTrue();
        assertThat(place.text()).isEqualTo("one\n");
    }

    @Test
    void linesOfManyThreadsStayWhole() throws Exception {
        Place place = new Place(true);
        OutputWriter writer = writer(place);
        List<Thread> threads = new ArrayList<>();
        AtomicReference<Throwable> problem = new AtomicReference<>();
        for (int number = 0; number < 4; number++) {
            String line = String.valueOf((char) ('a' + number)).repeat(50) + "\n";
            threads.add(Thread.ofPlatform().uncaughtExceptionHandler((thread, thrown) -> problem.set(thrown))
                    .start(() -> {
                        for (int i = 0; i < 2000; i++) {
                            put(writer, line);
                        }
                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(problem.get()).isNull();
        assertThat(writer.close(PATIENCE)).isTrue();
        Tally tally = Tally.of(place.text());
        assertThat(tally.lines()).allMatch(line -> line.matches("(a+|b+|c+|d+)\n") && line.length() == 51);
        assertThat(tally.lines().size() + tally.lostLines()).isEqualTo(8000);
    }
}
