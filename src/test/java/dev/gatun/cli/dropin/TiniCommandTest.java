package dev.gatun.cli.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.Rest;
import dev.gatun.linux.CString;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SystemLibc;
import dev.gatun.run.RunOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiniCommandTest {

    private final Answers answers = new Answers();

    private TiniOptions read(List<String> environment, String... words) {
        TiniCommand command = new TiniCommand(new SystemLibc(), answers.console());
        return command.read(CString.listOf(words), CString.listOf(environment.toArray(String[]::new)));
    }

    private int exitCode(String... words) {
        return Answers.exitCode(() -> read(List.of(), words));
    }

    @Test
    void byDefaultItForwardsToTheChildAloneAndIsNoSubreaper() {
        RunOptions options = read(List.of(), "prog", "arg").forRun();
        assertThat(options.command()).isEqualTo(CString.listOf("prog", "arg"));
        assertThat(options.signals().group()).isFalse();
        assertThat(options.signals().termStops()).isFalse();
        assertThat(options.policy().stop().escalates()).isFalse();
        assertThat(options.policy().rest()).isEqualTo(Rest.LEAVE);
        assertThat(options.launcher().subreaper()).isEqualTo(RunOptions.Subreaper.NO);
        assertThat(options.launcher().parentDeathSignal()).isEmpty();
        assertThat(options.child().place()).isEqualTo(RunOptions.Place.FOREGROUND_OF_INPUT);
        assertThat(options.child().diesWithUs()).isFalse();
        assertThat(options.child().blocked().isEmpty()).isTrue();
    }

    @Test
    void keepsTheTerminalsSignalsAboutWritingToItself() {
        RunOptions.Signals signals = read(List.of(), "prog").forRun().signals();
        assertThat(signals.rewrites().apply(Signal.TTIN.number())).isZero();
        assertThat(signals.rewrites().apply(Signal.TTOU.number())).isZero();
        assertThat(signals.rewrites().apply(Signal.TSTP.number())).isEqualTo(Signal.TSTP.number());
    }

    @Test
    void understandsItsOptions() {
        TiniOptions options = read(List.of(), "-sgw", "-vv", "-pSIGUSR1", "-e", "143", "-e7", "--", "prog", "-s");
        RunOptions run = options.forRun();
        assertThat(run.command()).isEqualTo(CString.listOf("prog", "-s"));
        assertThat(run.signals().group()).isTrue();
        assertThat(run.launcher().subreaper()).isEqualTo(RunOptions.Subreaper.YES);
        assertThat(run.launcher().parentDeathSignal()).isEqualTo(Optional.of(Signal.USR1));
        assertThat(options.tellsOfOrphans()).isTrue();
        assertThat(options.verbosity()).isEqualTo(3);
        assertThat(run.policy().exitMapping()).hasToString("7=0 143=0");
    }

    @Test
    void understandsItsVariables() {
        List<String> environment = List.of("TINI_SUBREAPER=", "TINI_KILL_PROCESS_GROUP=0", "TINI_VERBOSITY= 3rd");
        TiniOptions options = read(environment, "-v", "prog");
        assertThat(options.forRun().launcher().subreaper()).isEqualTo(RunOptions.Subreaper.YES);
        assertThat(options.forRun().signals().group()).isTrue();
        assertThat(options.verbosity()).isEqualTo(3);
    }

    @Test
    void takesOptionsFromBehindTheProgramUnlessPosixIsAskedFor() {
        assertThat(read(List.of(), "prog", "-g", "a").forRun().command()).isEqualTo(CString.listOf("prog", "a"));
        assertThat(read(List.of("POSIXLY_CORRECT=1"), "prog", "-g", "a").forRun().command())
                .isEqualTo(CString.listOf("prog", "-g", "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "255", "007", " 5", ""})
    void acceptsExitCodes(String code) {
        assertThat(read(List.of(), "-e", code, "prog").exitMapping()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "-1", "5x", "x", " "})
    void refusesWhatIsNoExitCode(String code) {
        assertThat(exitCode("-e", code, "prog")).isEqualTo(1);
        assertThat(answers.err()).matches("\\[FATAL tini \\(\\d+\\)\\] Not a valid option for -e: " + code + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "15", "SIGRTMIN", "sigterm", "SIGSTKFLT", "SIGIO", "SIGPWR", ""})
    void refusesWhatIsNoNameOfASignal(String name) {
        assertThat(exitCode("-p", name, "prog")).isEqualTo(1);
    }

    @Test
    void answersWhereNothingIsToBeRun() {
        assertThat(exitCode("--version")).isZero();
        assertThat(answers.out()).startsWith("tini version 0.19.0 (Gatun ");
        assertThat(exitCode("-s", "-h", "-x")).isZero();
        assertThat(answers.out()).endsWith(TiniCommand.HELP);
        assertThat(answers.err()).isEmpty();
        assertThat(exitCode("-l")).isZero();
        assertThat(exitCode("-s")).isEqualTo(1);
        assertThat(answers.err()).isEqualTo(TiniCommand.HELP);
        assertThat(exitCode("--version", "prog")).isEqualTo(1);
        assertThat(answers.err()).contains("tini: invalid option -- '-'\ntini version");
    }
}
