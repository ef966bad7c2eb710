package dev.gatun.cli.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingNumberTest {

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {
        "15,0,15,2",
        "15:2,0,15,2",
        "15:2,3,2,4",
        " \t+7x,0,7,4",
        "-3,0,-3,2",
        "'',0,0,0",
        "x,0,0,0",
        "-,0,0,0",
        "99999999999999999999,0,2147483647,20"
    })
    void readsTheNumberThatATextBeginsWith(String text, int start, int value, int end) {
        assertThat(LeadingNumber.of(text, start)).isEqualTo(new LeadingNumber(value, end));
    }
}
