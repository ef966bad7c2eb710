package dev.gatun.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.ProcOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogStampsTest {

    /** Two lines at the same time, one over several seconds, an empty one, one without an end. */
    private static final List<String> LINES = List.of(
            "2026-01-01T00:00:00.100000001Z one\n",
            "2026-01-01T00:00:00.100000001Z two\n",
            "2026-01-01T00:00:00.9Z \n",
            "2026-01-01T01:00:01.000000005+01:00 a longer line, später\n",
            "2026-01-01T00:00:01.000000005Z same time\n",
            "2026-01-01T00:00:03Z last");

    private static final String TEXT = "one\ntwo\n\na longer line, später\nsame time\nlast";

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ProcOutput.Receiver receiver = received::write;

    @Test
    void takesTheTimesOff() {
        LogStamps stamps = new LogStamps(receiver);
        stamps.streamBegins();
        for (byte each : String.join("", LINES).getBytes(StandardCharsets.UTF_8)) {
            stamps.add(new byte[]{each}, 0, 1);
        }

        assertThat(received.toString(StandardCharsets.UTF_8)).isEqualTo(TEXT);
        assertThat(stamps.lastTime()).contains(Instant.parse("2026-01-01T00:00:03Z"));
    }

    @Test
    void nothingIsLostNorToldTwiceWhereverTheStreamBreaks() {
        byte[] whole = String.join("", LINES).getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= whole.length; first++) {
            received.reset();
            LogStamps stamps = new LogStamps(receiver);
            stamps.streamBegins();
            stamps.add(whole, 0, first);

            // A second one that breaks half way, and a third.
            byte[] again = since(stamps);
            stamps.streamBegins();
            stamps.add(again, 0, again.length / 2);
            byte[] rest = since(stamps);
            stamps.streamBegins();
            stamps.add(rest, 0, rest.length);

            assertThat(received.toString(StandardCharsets.UTF_8))
                    .as("broken after %d bytes", first)
                    .isEqualTo(TEXT);
        }
    }

    @Test
    void whatTheKubeletSaysItselfIsHandedOn() {
        LogStamps stamps = new LogStamps(receiver);
        stamps.streamBegins();
        byte[] bytes = "unable to retrieve container logs\n".getBytes(StandardCharsets.UTF_8);
        stamps.add(bytes, 0, bytes.length);

        assertThat(received.toString(StandardCharsets.UTF_8)).isEqualTo("unable to retrieve container logs\n");
        assertThat(stamps.lastTime()).isEmpty();
    }

    /** As the kubelet does: from the beginning of that second on. */
    private static byte[] since(LogStamps stamps) {
        Instant from = stamps.lastTime().map(time -> time.truncatedTo(ChronoUnit.SECONDS)).orElse(Instant.MIN);
        return LINES.stream()
                .filter(line -> !OffsetDateTime.parse(line.substring(0, line.indexOf(' ')))
                        .toInstant()
                        .isBefore(from))
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}
