package dev.gatun.cli.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SystemLibc;
import dev.gatun.run.RunOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumbInitCommandTest {

    private static final int TSTP = Signal.TSTP.number();
    private static final int STOP = Signal.STOP.number();

    private final Answers answers = new Answers();

    private DumbInitOptions read(List<String> environment, String... words) {
        DumbInitCommand command = new DumbInitCommand(new SystemLibc(), answers.console());
        return command.read(CString.listOf(words), CString.listOf(environment.toArray(String[]::new)));
    }

    private int exitCode(String... words) {
        return Answers.exitCode(() -> read(List.of(), words));
    }

    @Test
    void byDefaultItForwardsToASessionOfItsOwn() {
        RunOptions options = read(List.of(), "prog", "-c").forRun();
        assertThat(options.command()).isEqualTo(CString.listOf("prog", "-c"));
        assertThat(options.child().place()).isEqualTo(RunOptions.Place.SESSION);
        assertThat(options.signals().group()).isTrue();
        assertThat(options.signals().termGroupAtExit()).isTrue();
        assertThat(options.signals().suspendsWithTerminalSignals()).isTrue();
        assertThat(options.launcher().subreaper()).isEqualTo(RunOptions.Subreaper.NO);
        for (Signal signal : List.of(Signal.TSTP, Signal.TTIN, Signal.TTOU)) {
            assertThat(options.signals().rewrites().apply(signal.number())).isEqualTo(STOP);
        }
    }

    @Test
    void aSingleChildStaysInOurGroup() {
        for (RunOptions options : List.of(
                read(List.of(), "-c", "prog").forRun(),
                read(List.of(), "--single-child", "prog").forRun(),
                read(List.of("DUMB_INIT_SETSID=0"), "prog").forRun())) {
            assertThat(options.child().place()).isEqualTo(RunOptions.Place.SHARED_GROUP);
            assertThat(options.signals().group()).isFalse();
            assertThat(options.signals().termGroupAtExit()).isFalse();
            assertThat(options.signals().suspendsWithTerminalSignals()).isTrue();
            assertThat(options.signals().rewrites().apply(TSTP)).isEqualTo(TSTP);
        }
        assertThat(read(List.of("DUMB_INIT_SETSID=1"), "prog").forRun().signals().group()).isTrue();
    }

    @Test
    void standardSignalsStartWithTheirDefault() {
        RunOptions.Child child = read(List.of(), "prog").forRun().child();
        assertThat(child.staysIgnored().contains(Signal.HUP.number())).isFalse();
        assertThat(child.staysIgnored().contains(31)).isFalse();
        assertThat(child.staysIgnored().contains(Signal.RTMIN)).isTrue();
    }

    @Test
    void rewritesAsTold() {
        DumbInitOptions options =
                read(List.of(), "-r15:3", "--rewrite=10:0", "-r", " 2: +12x", "-r", "20:20", "-r", "15:4", "prog");
        assertThat(options.rewrites().apply(15)).isEqualTo(4);
        assertThat(options.rewrites().apply(10)).isZero();
        assertThat(options.rewrites().apply(2)).isEqualTo(12);
        assertThat(options.rewrites().apply(TSTP)).isEqualTo(TSTP);
        assertThat(options.rewrites().apply(Signal.TTIN.number())).isEqualTo(STOP);
        assertThat(options.rewrites().apply(1)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "15:", ":15", "15 :2", "0:1", "32:1", "1:32", "1:-1", "TERM:INT", ""})
    void refusesWhatIsNoRewrite(String text) {
        assertThat(exitCode("-r", text, "prog")).isEqualTo(1);
        assertThat(answers.err()).startsWith("Usage: -r ");
    }

    @Test
    void debugsByOptionOrVariable() {
        assertThat(read(List.of(), "prog").debug()).isFalse();
        assertThat(read(List.of(), "--verb", "prog").debug()).isTrue();
        assertThat(read(List.of("DUMB_INIT_DEBUG=1"), "prog").debug()).isTrue();
        assertThat(read(List.of("DUMB_INIT_DEBUG=yes"), "prog").debug()).isFalse();
    }

    @Test
    void answersOnStandardErrorWhereNothingIsToBeRun() {
        assertThat(exitCode("-V")).isZero();
        assertThat(answers.err()).startsWith("dumb-init v1.2.5 (Gatun ");
        assertThat(exitCode("--help")).isZero();
        assertThat(answers.err()).endsWith(DumbInitCommand.HELP);
        assertThat(exitCode()).isEqualTo(1);
        assertThat(exitCode("--ver")).isEqualTo(1);
        assertThat(answers.err()).endsWith("ambiguous; possibilities: '--verbose' '--version'\n");
        assertThat(answers.out()).isEmpty();
    }
}
