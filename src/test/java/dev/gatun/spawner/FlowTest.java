package dev.gatun.spawner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left out where there is too much. */
class FlowTest {

    private long nanos;

    @Test
    void aHundredLinesASecondAreLoggedAndTheOthersCounted() {
        List<String> log = new ArrayList<>();
        LogFlow flow = new LogFlow(log::add, () -> nanos);
        for (int i = 0; i < 107; i++) {
            flow.line("a");
        }
        assertThat(log).hasSize(100);
        nanos += Duration.ofSeconds(1).toNanos();
        flow.line("b");
        assertThat(log.subList(100, log.size())).containsExactly("spawner: 7 lines of its log left out", "b");
        flow.tellLeftOut();
        assertThat(log).hasSize(102);
    }

    @Test
    void aReaderThatFallsBehindIsToldHowManyLinesItLost() throws IOException {
        OutputFlow flow = new OutputFlow();
        var reader = flow.output().stream();
        String line = "x".repeat(999);
        // The first one goes beyond what is kept, the others find no room.
        flow.lines(Collections.nCopies(70, line));
        flow.lines(List.of("lost", "lost"));
        flow.lines(List.of("lost"));
        assertThat(reader.readNBytes(70 * 1000)).hasSize(70 * 1000);
        flow.lines(List.of("seen"));
        flow.end();
        assertThat(new String(reader.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("... [3 LINES LOST]\nseen\n");
    }

    @Test
    void whatIsLostAtTheEndIsTold() throws IOException {
        OutputFlow flow = new OutputFlow();
        var reader = flow.output().stream();
        flow.lines(Collections.nCopies(70, "x".repeat(999)));
        flow.lines(List.of("lost"));
        flow.end();
        assertThat(new String(reader.readAllBytes(), StandardCharsets.UTF_8)).endsWith("x\n... [1 LINES LOST]\n");
    }
}
