package dev.gatun.spawner.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one line is. */
class LineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":7,"result":{}}                         | reply
            {"id":7,"error":{"code":"x"}}                | reply
            {"id":8,"result":{}}                         | other
            {"id":7.0,"result":{}}                       | other
            {"id":"7","result":{}}                       | other
            {"id":null,"error":{"code":"x"}}             | nameless
            {"event":"exit","proc":"a","generation":1}   | event
            {"event":"exit","proc":"a","generation":2}   | other
            {"event":"log","proc":"a","generation":1}    | other
            {"some":1}                                   | stray
            []                                           | stray
            7                                            | stray
            {"id":7,"result":{}} x                       | stray
            listening                                    | stray
            """)
    void kinds(String text, String kind) {
        Line line = Line.of(text);
        assertThat(line.isReplyTo(7)).isEqualTo(kind.equals("reply"));
        assertThat(line.isNamelessError()).isEqualTo(kind.equals("nameless"));
        assertThat(line.isEvent("exit", "a", 1)).isEqualTo(kind.equals("event"));
        assertThat(line.isStray()).isEqualTo(kind.equals("stray"));
    }

    @Test
    void emptyLineIsStray() {
        assertThat(Line.of("").isStray()).isTrue();
    }

    @Test
    void lineThatIsTooLongIsStray() {
        String start = "{\"id\":7,\"result\":\"";
        String longest = start + "x".repeat((1 << 20) - 1 - start.length() - 2) + "\"}";
        assertThat(Line.of(longest).isStray()).isFalse();
        assertThat(Line.of(longest + " ").isStray()).isTrue();
    }

    @Test
    void excerptIsShortAndSteersNoTerminal() {
        assertThat(Line.of("a\u001b[31mb").excerpt()).isEqualTo("a\ufffd[31mb");
        assertThat(Line.of("x".repeat(1000)).excerpt()).hasSize(201);
    }

    @Test
    void transcriptPutsLinesTogether() {
        Transcript transcript = new Transcript();
        byte[] bytes = "{\"id\":1}\n\nre".getBytes(StandardCharsets.UTF_8);
        transcript.add(bytes, 5);
        transcript.add("1}\n\nre".getBytes(StandardCharsets.UTF_8), 0);
        transcript.add(java.util.Arrays.copyOfRange(bytes, 5, bytes.length), bytes.length - 5);
        assertThat(transcript.lines()).extracting(Line::excerpt).containsExactly("{\"id\":1}", "");
        transcript.end();
        assertThat(transcript.lines()).extracting(Line::excerpt).containsExactly("{\"id\":1}", "", "re");
        assertThat(transcript.isEnded()).isTrue();
    }
}
