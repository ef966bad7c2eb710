package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatun.linux.CString;
import dev.gatun.linux.SystemLibc;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What completion offers is what the parser takes. */
class ValuesTest {

    @TestFactory
    List<DynamicTest> parserTakesEveryWordOffered() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Option option : Commands.RUN.options()) {
            if (option.takesValue()) {
                tests.add(DynamicTest.dynamicTest(option.displayName(), () -> takesEveryWord(option)));
            }
        }
        return tests;
    }

    private static void takesEveryWord(Option option) {
        Values values = Values.of(option);
        RunCommand run = new RunCommand(new SystemLibc(), new Console(System.out, System.err));
        for (String word : values.words()) {
            String value =
                    switch (values.kind()) {
                        case PAIR -> word + ":" + word;
                        case ASSIGNMENT -> word + "=1";
                        case LIST -> word + "," + word;
                        default -> word;
                    };
            List<CString> words = CString.listOf(option.displayName(), value, "cmd");
            assertThat(run.options(RunOptionTable.table().parse(words)).command()).hasSize(1);
        }
    }

    @Test
    void everyChoiceHasItsWords() {
        assertThat(Values.of(RunOptionTable.STOP_SIGNAL).words()).contains("TERM", "USR1", "RTMIN")
                .hasSizeGreaterThan(30);
        assertThat(Values.of(RunOptionTable.RLIMIT).words()).contains("nofile", "core").hasSize(16);
        assertThat(Values.of(RunOptionTable.CAP_DROP).words()).contains("all", "net_raw").hasSizeGreaterThan(40);
        assertThat(Values.of(RunOptionTable.RESTART).words()).containsExactly("no", "on-failure", "always");
        assertThat(Values.of(ServiceOptionTable.MODE).words()).containsExactly("startup", "check", "status");
        assertThat(Values.of(RunOptionTable.LOG_FORMAT).words()).containsExactly("text", "json");
        assertThat(Values.of(RunOptionTable.LOG_LEVEL).words()).containsExactly("error", "warn", "info", "debug",
                "trace");
    }

    /** An option with a new kind of value must be thought of here, or no completion is printed at all. */
    @Test
    void unknownKindIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> Values.of(Option.value("--new", "SOMETHING NEW", "")));
    }
}
