package dev.gatun.spawner.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.ProcExit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section "How an exit is understood" of docs/spawner-protocol.md, row by row. */
class ExitDecodingTest {

    private static final String ALL =
            "\"exit_code\": 3, \"signal\": null, \"core_dumped\": false, \"failed_reason\": null, \"stderr_tail\": []";

    private final SpawnerCodec codec = new SpawnerCodec();

    private ProcExit exit(String fields) {
        String line = "{\"event\": \"exit\", \"proc\": \"web\", \"generation\": 4, \"seq\": 2"
                + (fields.isEmpty() ? "" : ", ") + fields + "}";
        SpawnerMessage message = codec.decode(line.getBytes(StandardCharsets.UTF_8), id -> Optional.empty());
        SpawnerMessage.Event event = (SpawnerMessage.Event) message;
        assertThat(event.proc()).isEqualTo("web");
        assertThat(event.generation()).isEqualTo(4);
        assertThat(event.seq()).isEqualTo(2);
        return switch (event) {
            case SpawnerMessage.Exit exit -> exit.understood();
            case SpawnerMessage.MalformedExit exit -> exit.understood();
            case SpawnerMessage.Started started -> throw new AssertionError(started);
            case SpawnerMessage.Log log -> throw new AssertionError(log);
        };
    }

    private static String fields(String code, String signal, String core, String reason, String tail) {
        return "\"exit_code\": " + code + ", \"signal\": " + signal + ", \"core_dumped\": " + core
                + ", \"failed_reason\": " + reason + ", \"stderr_tail\": " + tail;
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            0           | null | false | null      | exit code 0
            3           | null | false | null      | exit code 3
            null        | null | false | null      | exit code -1
            -1          | null | true  | null      | exit code -1
            -2147483648 | null | false | null      | exit code -2147483648
            2147483647  | null | false | null      | exit code 2147483647
            null        | 9    | false | null      | SIGKILL (9)
            null        | 11   | true  | null      | SIGSEGV (11), core dumped
            137         | 9    | false | null      | SIGKILL (9)
            0           | 0    | false | null      | signal 0
            null        | 9999 | false | null      | signal 9999
            0           | null | false | "no image" | no image
            3           | 9    | true  | "both"    | both
            """)
    void theFirstThatAppliesHolds(String code, String signal, String core, String reason, String said) {
        assertThat(exit(fields(code, signal, core, reason, "[]")).describe()).isEqualTo(said);
    }

    @Test
    void anEmptyReasonIsAFailureToo() {
        assertThat(exit(fields("0", "null", "false", "\"\"", "[\"a\"]")))
                .isEqualTo(new ProcExit.Failed("", Optional.of(List.of("a"))));
    }

    @Test
    void theTailIsThereEvenIfEmpty() {
        assertThat(exit(ALL)).isEqualTo(new ProcExit.Exited(3, Optional.of(List.of())));
        assertThat(exit(fields("null", "15", "false", "null", "[\"one\", \"two\"]")))
                .isEqualTo(new ProcExit.Signalled(15, false, Optional.of(List.of("one", "two"))));
    }

    @Test
    void otherFieldsAreIgnored() {
        assertThat(exit(ALL + ", \"exit_reason\": {\"a\": [1]}").describe()).isEqualTo("exit code 3");
    }

    @ParameterizedTest
    @CsvSource({"exit_code", "signal", "core_dumped", "failed_reason", "stderr_tail"})
    void aMissingFieldIsNamed(String name) {
        String others = ALL.replaceFirst("(, )?\"" + name + "\": [^,]+", "").replaceFirst("^, ", "");
        assertThat(exit(others)).isEqualTo(new ProcExit.Failed("failed to decode exit result: launcher error: "
                + "ProcExitResult must be a ProcExitResult dataclass; missing attribute " + name));
    }

    @Test
    void ofSeveralMissingFieldsTheFirstIsNamed() {
        assertThat(exit("").describe()).endsWith("missing attribute exit_code");
        assertThat(exit("\"exit_code\": 0, \"failed_reason\": null").describe()).endsWith("missing attribute signal");
    }

    @Test
    void whatIsMissingComesBeforeWhatHasTheWrongType() {
        assertThat(exit("\"exit_code\": \"x\", \"signal\": null, \"core_dumped\": false, \"failed_reason\": null")
                .describe()).endsWith("missing attribute stderr_tail");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            "3"        | null       | false | null  | []       | exit_code: expected a whole number of 32 bits, found another text
            3.0        | null       | false | null  | []       | exit_code: expected a whole number of 32 bits, found another number
            3e0        | null       | false | null  | []       | exit_code: expected a whole number of 32 bits, found another number
            true       | null       | false | null  | []       | exit_code: expected a whole number of 32 bits, found a boolean
            2147483648 | null       | false | null  | []       | exit_code: expected a whole number of 32 bits, found another whole number
            -2147483649| null       | false | null  | []       | exit_code: expected a whole number of 32 bits, found another whole number
            null       | "SIGKILL"  | false | null  | []       | signal: expected a whole number of 32 bits, found another text
            null       | 4294967305 | false | null  | []       | signal: expected a whole number of 32 bits, found another whole number
            0          | null       | null  | null  | []       | core_dumped: expected true or false, found null
            0          | null       | 0     | null  | []       | core_dumped: expected true or false, found another whole number
            0          | null       | false | 1     | []       | failed_reason: expected a text, found another whole number
            0          | null       | false | [""]  | []       | failed_reason: expected a text, found a list
            0          | null       | false | null  | null     | stderr_tail: expected a list, found null
            0          | null       | false | null  | "a"      | stderr_tail: expected a list, found another text
            0          | null       | false | null  | ["a", 1] | stderr_tail: field [1]: expected a text, found another whole number
            0          | null       | false | null  | [null]   | stderr_tail: field [0]: expected a text, found null
            "x"        | "x"        | 0     | 1     | null     | exit_code: expected a whole number of 32 bits, found another text
            0          | "x"        | 0     | "why" | []       | signal: expected a whole number of 32 bits, found another text
            """)
    void aWrongTypeIsNamed(String code, String signal, String core, String reason, String tail, String problem) {
        assertThat(exit(fields(code, signal, core, reason, tail))).isEqualTo(
                new ProcExit.Failed("failed to decode exit result: launcher error: extract " + problem));
    }
}
