package dev.gatun.cli.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import java.util.List;
import org.junit.jupiter.api.Test;

class GetoptTest {

    private static final LongOption[] LONG = {
        new LongOption("verbose", 'v'), new LongOption("version", 'V'), new LongOption("rewrite", 'r')
    };

    /** Options as {@code letter} or {@code letter=value}, then the operands behind a bar, or the complaint. */
    private static String read(boolean permutes, String... words) {
        return read(new Getopt("prog", CString.listOf(words), "vVr:", permutes, LONG));
    }

    private static String read(Getopt getopt) {
        StringBuilder seen = new StringBuilder();
        for (int option = getopt.next(); option != Getopt.END; option = getopt.next()) {
            if (option == Getopt.WRONG) {
                return getopt.complaint().strip();
            }
            seen.append((char) option).append(option == 'r' ? "=" + getopt.value() : "").append(' ');
        }
        return seen + "| " + String.join(" ", getopt.operands().stream().map(CString::toString).toList());
    }

    @Test
    void readsShortOptionsAlone_inOneWord_andWithValues() {
        assertThat(read(false, "-v", "-V", "a")).isEqualTo("v V | a");
        assertThat(read(false, "-vVr1:2", "a")).isEqualTo("v V r=1:2 | a");
        assertThat(read(false, "-vr", "1:2", "a")).isEqualTo("v r=1:2 | a");
        assertThat(read(false, "-r", "--", "a")).isEqualTo("r=-- | a");
    }

    @Test
    void readsLongOptionsAndTheirAbbreviations() {
        assertThat(read(false, "--verbose", "--rewrite=1:2", "--rewrite", "3:4")).isEqualTo("v r=1:2 r=3:4 | ");
        assertThat(read(false, "--re=x", "--verb", "--rew", "y")).isEqualTo("r=x v r=y | ");
        assertThat(read(false, "--rewrite=")).isEqualTo("r= | ");
    }

    @Test
    void takesOptionsFromBehindOperandsUnlessItStopsThere() {
        assertThat(read(true, "a", "-v", "b", "--version", "--", "c", "-v")).isEqualTo("v V | a b c -v");
        assertThat(read(false, "a", "-v", "b")).isEqualTo("| a -v b");
        assertThat(read(false, "-", "-v")).isEqualTo("| - -v");
        assertThat(read(true, "-", "-v")).isEqualTo("v | -");
        assertThat(read(false)).isEqualTo("| ");
    }

    @Test
    void complainsAsTheLibraryDoes() {
        assertThat(read(false, "-x")).isEqualTo("prog: invalid option -- 'x'");
        assertThat(read(false, "-vx")).isEqualTo("prog: invalid option -- 'x'");
        assertThat(read(false, "-:")).isEqualTo("prog: invalid option -- ':'");
        assertThat(read(false, "-r")).isEqualTo("prog: option requires an argument -- 'r'");
        assertThat(read(false, "--rewrite")).isEqualTo("prog: option '--rewrite' requires an argument");
        assertThat(read(false, "--rew")).isEqualTo("prog: option '--rewrite' requires an argument");
        assertThat(read(false, "--verb=1")).isEqualTo("prog: option '--verbose' doesn't allow an argument");
        assertThat(read(false, "--nope=1")).isEqualTo("prog: unrecognized option '--nope=1'");
        assertThat(read(false, "--ver"))
                .isEqualTo("prog: option '--ver' is ambiguous; possibilities: '--verbose' '--version'");
    }

    @Test
    void withoutLongOptionsTwoDashesAreALetter() {
        Getopt getopt = new Getopt("prog", CString.listOf("--version"), "v", true);
        assertThat(read(getopt)).isEqualTo("prog: invalid option -- '-'");
    }

    @Test
    void goesOnBehindAnUnknownLetter() {
        Getopt getopt = new Getopt("prog", CString.listOf("-xv", "a"), "v", true);
        assertThat(List.of(getopt.next(), getopt.next(), getopt.next()))
                .containsExactly(Getopt.WRONG, (int) 'v', Getopt.END);
    }
}
