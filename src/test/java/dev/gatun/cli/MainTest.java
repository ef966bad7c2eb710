package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first words of a command line. */
class MainTest {

    @Test
    void withoutWordsSaysBrieflyHowItIsUsed() {
        Captured nothing = Captured.gatun();
        assertThat(nothing.exitCode()).isEqualTo(125);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).startsWith("usage: gatun COMMAND").hasLineCount(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help"})
    void helpGoesToStandardOutput(String word) {
        Captured help = Captured.gatun(word);
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: gatun COMMAND");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "spawner", "doctor", "completion", "help", "version"})
    void everyCommandHasHelpInTwoPlaces(String command) {
        Captured behind = Captured.gatun(command, "--help");
        assertThat(behind.exitCode()).isZero();
        assertThat(behind.out()).startsWith("Usage: gatun " + command);
        assertThat(Captured.gatun("help", command)).isEqualTo(behind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "version"})
    void versionNamesGatunJavaAndMachine(String word) {
        Captured version = Captured.gatun(word);
        assertThat(version.exitCode()).isZero();
        assertThat(version.out())
                .startsWith("gatun ")
                .contains("\njava " + Runtime.version())
                .contains(" on " + System.getProperty("os.arch") + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            ls          | unknown command ls; did you mean gatun run -- ls? (see gatun --help)
            ./server    | unknown command ./server; did you mean gatun run -- ./server? (see gatun --help)
            doctr       | unknown command doctr; did you mean gatun doctor? (see gatun --help)
            zzz-nothing | unknown command zzz-nothing (see gatun --help)
            -g          | option -g stands in front of a command; did you mean gatun run -g? (see gatun --help)
            --drain=1s  | option --drain=1s stands in front of a command; did you mean gatun run --drain=1s? (see gatun --help)
            --nonsense  | option --nonsense stands in front of a command (see gatun --help)
            """)
    void unknownCommandHasAHint(String word, String sentence) {
        Captured unknown = Captured.gatun(word);
        assertThat(unknown.exitCode()).isEqualTo(125);
        assertThat(unknown.err()).isEqualTo("gatun: " + sentence + "\n");
        assertThat(unknown.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            version now      | version takes no argument: now is too much (see gatun version --help)
            doctor --jsn     | unknown option --jsn; did you mean --json? (see gatun doctor --help)
            doctor me        | doctor takes no argument: me is too much (see gatun doctor --help)
            help a b         | help takes one argument: b is too much (see gatun help --help)
            help docto       | unknown command docto; did you mean gatun doctor? (see gatun help --help)
            completion       | completion needs a shell: bash, zsh or fish (see gatun completion --help)
            completion tcsh  | no completion for tcsh; there is one for bash, zsh and fish (see gatun completion --help)
            run              | no command given: gatun run [OPTIONS] [--] CMD [ARG…] (see gatun run --help)
            """)
    void badUsageIsOneSentence(String line, String sentence) {
        Captured bad = Captured.gatun(line.split(" "));
        assertThat(bad.exitCode()).isEqualTo(125);
        assertThat(bad.err()).isEqualTo("gatun: " + sentence + "\n");
        assertThat(bad.out()).isEmpty();
    }
}
