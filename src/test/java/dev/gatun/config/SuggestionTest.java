package dev.gatun.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KNOWN =
            List.of("run", "doctor", "completion", "--stop-signal", "--stop-timeout", "-g");

    @ParameterizedTest
    @CsvSource({
        "doctr, doctor", "dcotor, doctor", "ruun, run", "urn, run", "completoin, completion",
        "--stop-sginal, --stop-signal", "--stop_timeout, --stop-timeout", "--stoptimeout, --stop-timeout"
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(Suggestion.nearest(typed, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"kubectl", "--nothing", "x", "''"})
    void saysNothingRatherThanNonsense(String typed) {
        assertThat(Suggestion.nearest(typed, KNOWN)).isEmpty();
    }

    @Test
    void anotherLetterIsNotATypingError() {
        assertThat(Suggestion.nearest("-x", KNOWN)).isEmpty();
    }

    @Test
    void aWordAsLongAsAFileIsNotCompared() {
        assertThat(Suggestion.nearest("r".repeat(1 << 20), KNOWN)).isEmpty();
    }

    @Test
    void nearestOfSeveralWins() {
        assertThat(Suggestion.nearest("memory.lo", List.of("memory.high", "memory.low", "memory.max")))
                .contains("memory.low");
    }

    @Property
    void distanceIsAMetric(
            @ForAll @StringLength(max = 6) String left,
            @ForAll @StringLength(max = 6) String right) {
        int distance = Suggestion.distance(left, right);
        assertThat(distance).isEqualTo(Suggestion.distance(right, left));
        assertThat(distance).isBetween(Math.abs(left.length() - right.length()),
                Math.max(left.length(), right.length()));
        assertThat(distance == 0).isEqualTo(left.equals(right));
    }
}
