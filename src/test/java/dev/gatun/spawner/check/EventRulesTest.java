package dev.gatun.spawner.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a transcript must be like. */
class EventRulesTest {

    private static final String OF_A = "\"proc\":\"a\",\"generation\":1,\"seq\":";

    /** {@code reply}, or {@code KIND:SEQ}; with an apostrophe it is another generation's. */
    private static List<Line> transcript(String words) {
        return Arrays.stream(words.split(" ")).filter(word -> !word.isEmpty()).map(EventRulesTest::line).toList();
    }

    private static Line line(String word) {
        if (word.equals("reply")) {
            return Line.of("{\"id\":7,\"result\":{}}");
        }
        String[] parts = word.replace("'", "").split(":");
        String origin = word.endsWith("'") ? OF_A.replace(":1,", ":2,") : OF_A;
        return Line.of("{\"event\":\"" + parts[0] + "\"," + origin + (parts.length > 1 ? parts[1] : "1") + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            reply started log log exit        |
            reply started exit                |
            reply exit                        |
            reply started news log exit       |
            reply exit' started log started' exit |
            started reply exit                | there came started, reply, exit
            reply log started exit            | there came reply, log, started, exit
            reply started exit log            | there came reply, started, exit, log
            reply started started exit        | there came reply, started, started, exit
            reply started log log exit exit   | there came reply, started, log, exit, exit
            started exit                      | there came started, exit
            """)
    void order(String words, String came) {
        assertThat(EventRules.order(transcript(words), 7, "a", 1).orElse(null)).isEqualTo(came);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            reply started:1 log:2 news:3 exit:4 |
            started:1 started:1' exit:2         |
            started:0                           | 1
            started:2                           | 1
            started:1 log:1                     | 2
            started:1 log:2 exit:4              | 3
            """)
    void sequence(String words, Integer wrong) {
        assertThat(EventRules.sequence(transcript(words), "a", 1).map(came -> came.split(" was ")[0]).orElse(null))
                .isEqualTo(wrong == null ? null : "event " + wrong);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            reply started exit        |
            reply started exit exit'  |
            reply started             | there came none
            reply exit started exit   | there came 2
            """)
    void oneExit(String words, String came) {
        assertThat(EventRules.oneExit(transcript(words), "a", 1).orElse(null)).isEqualTo(came);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', quoteCharacter = '`', textBlock = """
            "event":"log","stream":"stdout","lines":["x"]   |
            "event":"log","stream":"out","lines":["x"]      | field stream
            "event":"log","stream":"stdout","lines":"x"     | field lines
            "event":"log","lines":[]                        | missing field stream
            "event":"started","pid":null,"address":null,"started_at":"2026-01-31T12:00:00Z" |
            "event":"started","pid":null,"address":null,"started_at":"noon" | field started_at
            "event":"exit","exit_code":0,"signal":null,"core_dumped":false,"failed_reason":null,"stderr_tail":[] |
            "event":"exit","exit_code":0,"signal":null,"failed_reason":null,"stderr_tail":[] | missing attribute core_dumped
            "event":"exit","exit_code":"0","signal":null,"core_dumped":false,"failed_reason":null,"stderr_tail":[] | extract exit_code
            """)
    void wellFormed(String fields, String problem) {
        Line event = Line.of("{" + OF_A + "1," + fields + "}");
        if (problem == null) {
            assertThat(EventRules.wellFormed(event)).isEmpty();
        } else {
            assertThat(EventRules.wellFormed(event)).get().asString().contains(problem);
        }
    }

    @Test
    void outputIsThatOfOneStreamOfOneGeneration() {
        String log = "{\"event\":\"log\"," + OF_A;
        List<Line> lines = List.of(
                Line.of(log + "1,\"stream\":\"stdout\",\"lines\":[\"a\",\"\"]}"),
                Line.of(log + "2,\"stream\":\"stderr\",\"lines\":[\"b\"]}"),
                Line.of(log.replace(":1,", ":2,") + "1,\"stream\":\"stdout\",\"lines\":[\"c\"]}"),
                Line.of(log + "3,\"stream\":\"stdout\",\"lines\":[\"d\"]}"));
        assertThat(EventRules.output(lines, "stdout", "a", 1)).containsExactly("a", "", "d");
    }
}
