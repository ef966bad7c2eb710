package dev.gatun.cli.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SystemLibc;
import dev.gatun.run.RunOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatatonitCommandTest {

    private final Answers answers = new Answers();
    private final CatatonitCommand command = new CatatonitCommand(new SystemLibc(), answers.console());

    private RunOptions read(String... words) {
        return command.read(CString.listOf(words), List.of());
    }

    private int exitCode(List<String> environment, String... words) {
        List<CString> variables = CString.listOf(environment.toArray(String[]::new));
        return Answers.exitCode(() -> command.read(CString.listOf(words), variables));
    }

    @Test
    void isASubreaperWhereItHasToBe() {
        RunOptions options = read("--", "prog", "-g");
        assertThat(options.command()).isEqualTo(CString.listOf("prog", "-g"));
        assertThat(options.launcher().subreaper()).isEqualTo(RunOptions.Subreaper.AUTOMATIC);
        assertThat(options.launcher().closesInherited()).isTrue();
        assertThat(options.child().place()).isEqualTo(RunOptions.Place.FOREGROUND);
        assertThat(options.signals().group()).isFalse();
    }

    @Test
    void theTerminalCannotStopTheChild() {
        RunOptions options = read("prog");
        for (Signal signal : List.of(Signal.TSTP, Signal.TTIN, Signal.TTOU)) {
            assertThat(options.child().blocked().contains(signal.number())).isTrue();
            assertThat(options.signals().rewrites().apply(signal.number())).isZero();
        }
    }

    @Test
    void takesOptionsFromBehindTheProgram() {
        RunOptions options = read("prog", "-g", "a");
        assertThat(options.command()).isEqualTo(CString.listOf("prog", "a"));
        assertThat(options.signals().group()).isTrue();
    }

    @Test
    void pausesWithoutAProgram() {
        read("-P");
        assertThat(command.pauses()).isTrue();
    }

    @Test
    void answersWhereNothingIsToBeRun() {
        assertThat(exitCode(List.of(), "--vers")).isZero();
        assertThat(answers.out()).startsWith("tini version 0.1.7_catatonit (Gatun ");
        assertThat(exitCode(List.of(), "-L")).isZero();
        assertThat(answers.err()).isEmpty();
        assertThat(exitCode(List.of(), "-h")).isZero();
        assertThat(answers.err()).isEqualTo(CatatonitCommand.HELP);
        assertThat(exitCode(List.of())).isEqualTo(1);
        assertThat(answers.err()).contains("ERROR (catatonit:");
        assertThat(exitCode(List.of(), "ls", "-l")).isEqualTo(1);
        assertThat(answers.err()).contains("catatonit: invalid option -- 'l'\nusage: ");
        assertThat(exitCode(List.of("CATATONIT_LOG="), "prog")).isEqualTo(1);
    }
}
