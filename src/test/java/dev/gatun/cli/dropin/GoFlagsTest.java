package dev.gatun.cli.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoFlagsTest {

    private static GoFlags read(String line) {
        return new GoFlags(CString.listOf(line.split(" ")), Set.of("check", "status"), Set.of("mode", "dist-root"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-mode check", "--mode check", "-mode=check", "--mode=check", "--check --mode check"})
    void takesOneDashOrTwoAndBothFormsOfAValue(String line) {
        GoFlags flags = read(line);
        assertThat(flags.complaint()).isEmpty();
        assertThat(flags.value("mode")).contains("check");
    }

    @ParameterizedTest
    @CsvSource({"-check, true", "--check=true, true", "-check=1, true", "-check=T, true", "-check=false, false",
        "-check=0, false", "-status, false"})
    void takesAValueOfASwitchBehindAnEqualsSign(String line, boolean on) {
        assertThat(read(line).isOn("check")).isEqualTo(on);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--unknown       | flag provided but not defined: -unknown",
        "-mode           | flag needs an argument: -mode",
        "-check=maybe    | invalid boolean value \"maybe\" for -check"})
    void complainsAsTheOriginalDoes(String line, String complaint) {
        assertThat(read(line).complaint()).isEqualTo(complaint);
    }

    @Test
    void endsAtTheFirstWordThatIsNoFlag() {
        GoFlags flags = read("-check word --unknown");
        assertThat(flags.complaint()).isEmpty();
        assertThat(flags.isOn("check")).isTrue();
        assertThat(read("-- --unknown").complaint()).isEmpty();
    }

    @Test
    void takesAnEmptyValueForNone() {
        assertThat(read("-mode= -dist-root /d").value("mode")).isEmpty();
    }
}
