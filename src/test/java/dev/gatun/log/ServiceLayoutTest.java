package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.doctor.Json;
import dev.gatun.linux.SystemLibc;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ServiceLayoutTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T09:08:07.000120034Z"));
    private static final LineLayout TEXT =
            new ServiceTextLayout(CLOCK, second -> 3600);

    private static LineLayout json(Map<String, String> fields) {
        return new ServiceJsonLayout(CLOCK, fields);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parsed(String line) {
        return (Map<String, Object>) Json.parse(line);
    }

    @Test
    void textIsLocalTimeAndMessageAndFields() {
        assertThat(TEXT.line("any", Level.INFO, "started", "pid", 7, "command", "a b"))
                .isEqualTo("2026/11/20 10:08:07.000120 started pid=7 command=\"a b\"\n");
    }

    @Test
    void textMarksWhatIsWrong() {
        assertThat(TEXT.line("any", Level.WARN, "m")).isEqualTo("2026/11/20 10:08:07.000120 WARNING: m\n");
        assertThat(TEXT.line("any", Level.ERROR, "m")).isEqualTo("2026/11/20 10:08:07.000120 ERROR: m\n");
        assertThat(TEXT.line("any", Level.DEBUG, "m")).isEqualTo("2026/11/20 10:08:07.000120 m\n");
    }

    @Test
    void textIsOneLine() {
        assertThat(TEXT.line("any", Level.INFO, "a\nb\u001b", "k", "c\nd"))
                .isEqualTo("2026/11/20 10:08:07.000120 a b\\u001b k=\"c\\nd\"\n");
    }

    @Test
    void jsonHasItsKeysInOrder() {
        assertThat(json(Map.of("zone", "eu", "app", "x\"y")).line("launcher", Level.INFO, "hi", "pid", 7, "ok", true))
                .isEqualTo(
                        "{\"app\":\"x\\\"y\",\"level\":\"info\",\"logger\":\"launcher\",\"message\":\"hi\",\"ok\":true,"
                                + "\"pid\":7,\"timestamp\":\"2026-11-20T09:08:07.000120034Z\",\"zone\":\"eu\"}\n");
    }

    @Test
    void configuredFieldsComeFirst() {
        LineLayout layout = json(Map.of("level", "own", "pid", "configured"));
        assertThat(parsed(layout.line("launcher", Level.WARN, "hi", "pid", 7)))
                .containsEntry("level", "own")
                .containsEntry("pid", "configured");
    }

    /** An event cannot spoil what every line has. */
    @Test
    void fieldsOfAnEventComeLast() {
        assertThat(parsed(json(Map.of()).line("launcher", Level.WARN, "hi", "message", "no", "level", 1)))
                .containsEntry("message", "hi")
                .containsEntry("level", "warn");
    }

    @Test
    void whatJsonHasNoNumberForIsText() {
        String line =
                json(Map.of()).line("l", Level.INFO, "m", "a", Double.NaN, "b", 1.5, "c", Float.NEGATIVE_INFINITY);
        assertThat(parsed(line)).containsEntry("a", "NaN").containsEntry("b", 1.5).containsEntry("c", "-Infinity");
    }

    @Test
    void tooManyFieldsAreRefused() {
        assertThatThrownBy(() -> json(Map.of("key", "€".repeat(700))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the fields for every line of the log take 2109 bytes as JSON; at most 2048 fit");
        assertThat(json(Map.of("key", "€".repeat(670)))).isNotNull();
    }

    @Property(tries = 300)
    void jsonIsOneValidLineWithSortedKeys(
            @ForAll String message, @ForAll String name, @ForAll String value, @ForAll String extra) {
        String line = json(Map.of("extra", extra.substring(0, Math.min(extra.length(), 100))))
                .line("launcher", Level.INFO, message, name, value);
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        Map<String, Object> members = parsed(line);
        assertThat(members).containsEntry("message", message);
        assertThat(List.copyOf(members.keySet())).isSorted();
    }

    @Test
    void realClocksAreUsed() {
        String text = ServiceLayout.text(new SystemLibc()).line("any", Level.INFO, "m");
        assertThat(text).matches("\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} m\n");
        String time = (String) parsed(ServiceLayout.json(Map.of()).line("any", Level.INFO, "m")).get("timestamp");
        assertThat(Instant.parse(time)).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }
}
