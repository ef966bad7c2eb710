package dev.gatun.service.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.FilePath;
import dev.gatun.linux.Libc;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedCommandTest {

    /** A file with nothing in it. */
    private static final Supplier<Long> REAL_EMPTY = () -> {
        try (Arena arena = Arena.ofConfined()) {
            return SelectiveLibc.REAL.open(arena.allocateFrom("/dev/null"), 0, 0);
        }
    };

    private final Libc libc = SelectiveLibc.REAL;
    private final RealProcess process =
            RealProcess.shell("exec 3>&1; exec sh -c 'echo; read line' /opt/web/service/bin/web.pex --port 80");

    @AfterEach
    void close() {
        process.close();
    }

    private boolean matches(String... words) {
        process.line();
        return ExpectedCommand.of(List.of(words)).matches(libc, process.pid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.pex", "service/bin/web.pex", "/bin/sh1.2/web.pex", "--port/nothing"})
    void oneWordOfItsCommandLineIsEnough(String word) {
        assertThat(matches("com.example.Main", word)).isEqualTo(!word.endsWith("nothing"));
    }

    @Test
    void itsProgramIsEnough() {
        // Its words do not say "dash" or "bash", whichever /bin/sh is.
        String file =
                FilePath.linkTarget(libc, CString.of("/proc/" + process.pid() + "/exe"))
                        .orElseThrow().toString();
        assertThat(matches(file)).isTrue();
    }

    @Test
    void optionsAndShortWordsTellNothing() {
        assertThat(ExpectedCommand.of(List.of("--port", "80", "a")).matches(libc, process.pid()))
                .as("nothing is left to compare").isTrue();
        assertThat(matches("--port", "80", "com.example.Main")).isFalse();
    }

    @Test
    void oneInTheMiddleOfAnExecIsNoStranger() {
        Libc early = SelectiveLibc.with((call, arguments) -> call.equals("open")
                && SelectiveLibc.path(arguments[0]).endsWith("/cmdline") ? REAL_EMPTY.get() : null);
        process.line();
        assertThat(ExpectedCommand.of(List.of("com.example.Main")).matches(early, process.pid())).isTrue();
    }

    @Test
    void aVersionIsNoDifference() {
        assertThat(matches("web.pex3.11")).isTrue();
    }
}
