package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.CString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of getopt_long(3). */
class OptionTableTest {

    private static final Option GROUP = Option.flag("-g --group", "");
    private static final Option SIGNAL = Option.value("-p --signal", "SIGNAL", "");
    private static final Option ENV = Option.values("--env", "NAME=VALUE", "");
    private static final Option VERBOSE = Option.counter("-v --verbose", "");
    private static final OptionTable TABLE = new OptionTable(List.of(GROUP, SIGNAL, ENV, VERBOSE));

    private static ParsedOptions parse(String... words) {
        return TABLE.parse(CString.listOf(words));
    }

    private static List<String> operands(ParsedOptions parsed) {
        return parsed.operands().stream().map(CString::toString).toList();
    }

    @Test
    void longOptionTakesTheNextWordOrWhatFollowsItsEqualsSign() {
        assertThat(parse("--signal", "TERM").text(SIGNAL)).contains("TERM");
        assertThat(parse("--signal=TERM").text(SIGNAL)).contains("TERM");
        assertThat(parse("--signal=").text(SIGNAL)).contains("");
        assertThat(parse("--env=A=B=C").text(ENV)).contains("A=B=C");
    }

    @Test
    void shortOptionTakesTheNextWordOrTheRestOfItsOwn() {
        assertThat(parse("-p", "TERM").text(SIGNAL)).contains("TERM");
        assertThat(parse("-pTERM").text(SIGNAL)).contains("TERM");
        assertThat(parse("-p=TERM").text(SIGNAL)).contains("=TERM");
    }

    @Test
    void shortOptionsMayStandTogether() {
        ParsedOptions parsed = parse("-gvvpTERM", "cmd");
        assertThat(parsed.has(GROUP)).isTrue();
        assertThat(parsed.count(VERBOSE)).isEqualTo(2);
        assertThat(parsed.text(SIGNAL)).contains("TERM");
        assertThat(operands(parsed)).containsExactly("cmd");
        assertThat(parse("-gp", "TERM").text(SIGNAL)).contains("TERM");
    }

    @Test
    void firstWordThatIsNoOptionBeginsTheOperands() {
        ParsedOptions parsed = parse("-g", "cmd", "-v", "--", "--signal");
        assertThat(operands(parsed)).containsExactly("cmd", "-v", "--", "--signal");
        assertThat(parsed.count(VERBOSE)).isZero();
    }

    @Test
    void twoDashesEndTheOptions() {
        assertThat(operands(parse("-g", "--", "-v", "--"))).containsExactly("-v", "--");
        assertThat(operands(parse("--"))).isEmpty();
    }

    @Test
    void oneDashAndAnEmptyWordAreOperands() {
        assertThat(operands(parse("-", "-g"))).containsExactly("-", "-g");
        assertThat(operands(parse("", "-g"))).containsExactly("", "-g");
    }

    @Test
    void twoDashesCanBeAValue() {
        ParsedOptions parsed = parse("--signal", "--", "-g");
        assertThat(parsed.text(SIGNAL)).contains("--");
        assertThat(parsed.has(GROUP)).isTrue();
    }

    @Test
    void repeatableOptionsKeepTheirOrder() {
        assertThat(parse("--env", "A=1", "--env=B=2").texts(ENV)).containsExactly("A=1", "B=2");
    }

    @Test
    void valuesAreBytes() {
        byte[] latin = {'-', '-', 'e', 'n', 'v', '=', 'A', '=', (byte) 0xe9};
        ParsedOptions parsed = TABLE.parse(List.of(CString.ofBytes(latin)));
        assertThat(parsed.raw(ENV)).containsExactly(CString.ofBytes(new byte[]{'A', '=', (byte) 0xe9}));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            --grup          | unknown option --grup; did you mean --group?
            --sginal=TERM   | unknown option --sginal; did you mean --signal?
            --nothing-like  | unknown option --nothing-like
            -x              | unknown option -x
            -gx             | unknown option -x
            -group          | unknown option -group; did you mean --group?
            --group=yes     | --group takes no value
            --signal        | --signal needs a value: --signal SIGNAL
            -gp             | -p needs a value: -p SIGNAL
            -g --group      | --group is given twice
            -pA --signal=B  | --signal is given twice
            """)
    void refusesInOneSentence(String line, String sentence) {
        assertThatThrownBy(() -> parse(line.split(" ")))
                .isInstanceOf(UsageError.class)
                .hasMessage(sentence);
    }
}
