package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.doctor.Json;
import dev.gatun.lifecycle.Backoff;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.State;
import dev.gatun.linux.CString;
import dev.gatun.linux.NoFdLeak;
import dev.gatun.linux.Pipe;
import dev.gatun.log.DescriptorDestination;
import dev.gatun.log.LossNotice;
import dev.gatun.log.OutageListener;
import dev.gatun.log.OutputWriter;
import dev.gatun.log.RotatingFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real children, whose output goes to files. */
@ExtendWith(NoFdLeak.class)
@Timeout(120)
class CapturedOutputTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMinutes(1));

    @TempDir
    Path folder;

    private RealWorld world;
    private OutputWriter output;
    private OutputWriter error;

    @BeforeEach
    void open() {
        world = new RealWorld();
        output = writer("out", LossNotice.PLAIN);
        error = writer("err", LossNotice.PLAIN);
    }

    @AfterEach
    void close() {
        world.close();
        output.close(PATIENCE);
        error.close(PATIENCE);
    }

    private OutputWriter writer(String file, LossNotice notice) {
        return new OutputWriter(new RotatingFiles(folder.resolve(file), 1 << 30, 2), 1 << 20, notice,
                OutageListener.NONE);
    }

    private CapturedOutput capture(CapturedStreams streams, CaptureFormat format) {
        return new CapturedOutput(world.libc, world.loop, "web", streams, format, new Tail(3, 1000));
    }

    /** Runs a script to its end and to that of its output. */
    private CapturedOutput run(CapturedStreams streams, CaptureFormat format, String script) {
        CapturedOutput captured = capture(streams, format);
        SupervisedProcess process = world.add("web", world.shell(script).preparation(captured), Policy.DEFAULT);
        process.start();
        world.untilOver(process);
        finish(captured);
        return captured;
    }

    private void finish(CapturedOutput captured) {
        boolean[] done = new boolean[1];
        captured.finish(PATIENCE, () -> done[0] = true);
        world.until("the end of the output", () -> done[0]);
    }

    private String written(OutputWriter writer, String file) throws Exception {
        assertThat(writer.close(PATIENCE)).isTrue();
        return Files.readString(folder.resolve(file));
    }

    @Test
    void mergedRawBytesAreAsTheyCame() throws Exception {
        CapturedOutput captured = run(CapturedStreams.merged(output), CaptureFormat.RAW,
                "printf 'one\\r\\n'; echo two >&2; printf 'three\\342\\202'; printf '\\254\\n\\n' >&2; printf end");
        assertThat(written(output, "out")).isEqualTo("one\r\ntwo\nthree€\n\nend");
        assertThat(captured.lastLines()).containsExactly("two", "three€", "end");
    }

    @Test
    void separateStreamsGoToSeparatePlacesAndTheTailIsTheErrors() throws Exception {
        CapturedOutput captured = run(CapturedStreams.separate(output, error), CaptureFormat.RAW,
                "echo out 1; for i in 1 2 3 4; do echo err $i >&2; done; echo out 2");
        assertThat(written(output, "out")).isEqualTo("out 1\nout 2\n");
        assertThat(written(error, "err")).isEqualTo("err 1\nerr 2\nerr 3\nerr 4\n");
        assertThat(captured.lastLines()).containsExactly("err 2", "err 3", "err 4");
    }

    @Test
    void textSaysWhenAndWhoAndWhere() throws Exception {
        run(CapturedStreams.separate(output, output), CaptureFormat.TEXT,
                "printf 'a line'; echo 'an error' >&2");
        assertThat(written(output, "out").lines().sorted((a, b) -> a.substring(27).compareTo(b.substring(27))))
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} web stderr: an error"),
                        line -> assertThat(line).matches("\\d{4}/.*\\.\\d{6} web stdout: a line"));
    }

    @Test
    void jsonIsAnObjectALine() throws Exception {
        run(CapturedStreams.merged(output), CaptureFormat.JSON,
                "printf 'say \"hi\"\\033[0m\\n'; head -c 5000 /dev/zero | tr '\\0' x");
        List<String> lines = written(output, "out").lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(members(lines.get(0)))
                .containsOnlyKeys("timestamp", "process", "stream", "message")
                .containsEntry("process", "web")
                .containsEntry("stream", "output")
                .containsEntry("message", "say \"hi\"\u001b[0m");
        assertThat(lines.get(0)).startsWith("{\"timestamp\":\"20").contains("Z\",\"process\":\"web\",\"stream\"");
        assertThat(members(lines.get(1)))
                .containsEntry("message", "x".repeat(4096))
                .containsEntry("truncated", true);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(String line) {
        return (Map<String, Object>) Json.parse(line);
    }

    @Test
    void noticesOfALossAreInTheFormatOfTheLines() {
        assertThat(CaptureFormat.RAW.lossNotice(world.libc, "web").line(2, 30))
                .isEqualTo("gatun: 2 lines (30 bytes) of output were lost here\n");
        assertThat(CaptureFormat.TEXT.lossNotice(world.libc, "web").line(2, 30))
                .matches("20.*\\.\\d{6} web gatun: 2 lines \\(30 bytes\\) of output were lost here\n");
        String json = CaptureFormat.JSON.lossNotice(world.libc, "web").line(2, 30);
        assertThat(json).endsWith("}\n");
        assertThat(members(json))
                .containsEntry("process", "web")
                .containsEntry("message", "gatun: 2 lines (30 bytes) of output were lost here")
                .containsEntry("lost-lines", 2.0)
                .containsEntry("lost-bytes", 30.0);
    }

    @Test
    void rawBytesOfTwoPipesAreNotMixed() {
        assertThatThrownBy(() -> capture(CapturedStreams.separate(output, output), CaptureFormat.RAW))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the output of web: raw bytes of two streams in one place");
    }

    /** What a process says last is there when its end is told, whichever the loop noticed first. */
    @Test
    void lastWordsAreThereAtTheExit() {
        CapturedOutput captured = capture(CapturedStreams.merged(output), CaptureFormat.RAW);
        SupervisedProcess process = world.add("web",
                world.shell("seq 5000; echo the end >&2; exit 3").preparation(captured), Policy.DEFAULT);
        process.start();
        // Waits without the loop, which would read; and reads at the end as a listener does.
        world.supervisor.reap();
        while (process.isRunning()) {
            captured.drain();
            world.supervisor.reap();
        }
        captured.drain();
        assertThat(captured.lastLines()).endsWith("the end");
        finish(captured);
    }

    @Test
    void everyStartHasPipesOfItsOwn() throws Exception {
        CapturedOutput captured = capture(CapturedStreams.merged(output), CaptureFormat.RAW);
        Path count = folder.resolve("count");
        Policy policy = Policy.DEFAULT.withRestart(RestartPolicy.onFailure())
                .withBackoff(QUICK);
        SupervisedProcess process = world.add("web",
                world.shell("echo x >>" + count + "; n=$(wc -l <" + count + "); echo start $n; [ $n = 3 ]")
                        .preparation(captured),
                policy);
        process.start();
        world.untilOver(process);
        finish(captured);
        assertThat(captured.lastLines()).as("of the latest start").containsExactly("start 3");
        assertThat(written(output, "out")).isEqualTo("start 1\nstart 2\nstart 3\n");
    }

    @Test
    void daemonThatHoldsThePipeIsGivenUpAfterTheLimit() throws Exception {
        CapturedOutput captured = capture(CapturedStreams.merged(output), CaptureFormat.RAW);
        SupervisedProcess process = world.add("web",
                world.shell("sleep 100 & echo $!").preparation(captured),
                Policy.DEFAULT.withRest(Rest.LEAVE));
        process.start();
        world.untilOver(process);
        captured.drain();
        world.open(Integer.parseInt(captured.lastLines().get(0)));
        boolean[] done = new boolean[1];
        captured.finish(Duration.ofMillis(50), () -> done[0] = true);
        assertThat(done[0]).as("it is still held").isFalse();
        world.until("the limit", () -> done[0]);
        boolean[] again = new boolean[1];
        captured.finish(PATIENCE, () -> again[0] = true);
        assertThat(again[0]).as("it is over").isTrue();
    }

    @Test
    void daemonOfAnEarlierStartIsHeardForAWhileBesideTheNext() throws Exception {
        CapturedOutput captured = capture(CapturedStreams.merged(output), CaptureFormat.TEXT);
        Path first = folder.resolve("first");
        Path go = folder.resolve("go");
        String script = "if [ ! -e " + first + " ]; then touch " + first
                + "; (while [ ! -e " + go + " ]; do sleep 0.01; done; echo late; exec sleep 100) & echo $!; exit 1; fi;"
                + " touch " + go + "; exec sleep 100";
        SupervisedProcess process = world.add("web", world.shell(script).preparation(captured),
                Policy.DEFAULT.withRest(Rest.LEAVE)
                        .withRestart(RestartPolicy.onFailure())
                        .withBackoff(QUICK));
        process.start();
        world.until("the first exit", () -> !world.exits.isEmpty());
        captured.drain();
        world.open(Integer.parseInt(captured.lastLines().get(0)));
        world.until("the second start", () -> process.isRunning());
        Path out = folder.resolve("out");
        world.until("what the daemon says", () -> read(out).contains("output: late"));
        assertThat(captured.lastLines()).as("of the latest start").isEmpty();
        process.signal(false, 9);
        world.until("the end", () -> !process.isRunning());
        captured.close();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void failedStartLeavesNoDescriptor() {
        CapturedOutput captured = capture(CapturedStreams.separate(output, error), CaptureFormat.RAW);
        SupervisedProcess process = world.add("web", world.program("/nowhere/program").preparation(captured),
                Policy.DEFAULT);
        process.start();
        assertThat(process.state()).isInstanceOf(State.Failed.class);
        boolean[] done = new boolean[1];
        captured.finish(PATIENCE, () -> done[0] = true);
        assertThat(done[0]).as("nothing to wait for").isTrue();
    }

    @Test
    void setupThatIsRefusedLeavesNoDescriptorEither() {
        CapturedOutput captured = capture(CapturedStreams.merged(output), CaptureFormat.RAW);
        SupervisedProcess process = world.add("web",
                world.shell("exit 0").workingDirectory(CString.of("/nowhere")).preparation(captured), Policy.DEFAULT);
        process.start();
        assertThat(process.state()).isInstanceOf(State.Failed.class);
    }

    /** Neither may stop for long: the loop because of others, the child because its output is in the way. */
    @Test
    void floodLeavesTheLoopToOthers() {
        CapturedOutput captured = capture(CapturedStreams.merged(output), CaptureFormat.TEXT);
        SupervisedProcess flood = world.add("flood",
                world.program("/usr/bin/yes", "a line of a flood").preparation(captured), Policy.DEFAULT);
        flood.start();
        int[] answered = new int[1];
        Thread asking = Thread.ofPlatform().daemon().start(() -> ask(answered));
        world.until("the answers", () -> answered[0] == 200);
        assertThat(flood.isRunning()).isTrue();
        flood.signal(false, 9);
        world.untilOver(flood);
        finish(captured);
        assertThat(asking.isAlive()).isFalse();
    }

    /** One question after the other, each when the one before was answered. */
    private void ask(int[] answered) {
        for (int i = 0; i < 200; i++) {
            CountDownLatch answer = new CountDownLatch(1);
            world.loop.post(answer::countDown);
            try {
                answer.await();
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        }
        world.loop.post(() -> answered[0] = 200);
    }

    /** 100 MB, faster than they can be written: every line is in the file or in a notice. */
    @Test
    void everyLineOfAFloodIsWrittenOrCounted() throws Exception {
        int lines = 5_000_000;
        Tally tally = new Tally();
        CapturedOutput captured = capture(CapturedStreams.merged(output), CaptureFormat.RAW);
        SupervisedProcess process = world.add("web",
                world.shell("yes 'a line of a flood!' | head -n " + lines).preparation(captured), Policy.DEFAULT);
        process.start();
        world.untilOver(process);
        finish(captured);
        assertThat(output.close(PATIENCE)).isTrue();
        try (Stream<String> written = Files.lines(folder.resolve("out"))) {
            written.forEach(tally::add);
        }
        assertThat(tally.lostLines).isEqualTo(output.lostLines());
        assertThat(tally.whole + tally.lostLines).isEqualTo(lines);
    }

    /** Counts what came and what the notices say did not. */
    private static final class Tally {

        private static final Pattern NOTICE = Pattern.compile("gatun: (\\d+) lines? \\(\\d+ bytes?\\) .* lost here");

        long whole;
        long lostLines;

        void add(String line) {
            if (line.equals("a line of a flood!")) {
                whole++;
            } else {
                Matcher notice = NOTICE.matcher(line);
                lostLines += notice.matches() ? Long.parseLong(notice.group(1)) : 0;
            }
        }
    }

    /** As standard output is when its reader has stopped: the process goes on to its end. */
    @Test
    void readerThatNeverReadsStopsNobody() {
        try (Pipe pipe = Pipe.open(world.libc)) {
            OutputWriter stuck = new OutputWriter(
                    new DescriptorDestination(world.libc, pipe.writeEnd(), "standard output"), 1 << 16,
                    LossNotice.PLAIN, OutageListener.NONE);
            CapturedOutput captured = run(CapturedStreams.merged(stuck), CaptureFormat.JSON, "seq 100000");
            assertThat(captured.lastLines()).containsExactly("99998", "99999", "100000");
            assertThat(stuck.lostLines()).isPositive();
            assertThat(stuck.close(Duration.ofMillis(20))).isFalse();
            // Lets its thread go.
            pipe.readEnd().close();
        }
    }
}
