package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.ProcExit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerEndTest {

    private static final Optional<List<String>> TAIL = Optional.of(List.of("last"));

    @ParameterizedTest
    @CsvSource({
        // code, OOM, killed by us, what it is
        "0,   false, false, exit code 0",
        "3,   false, true,  exit code 3",
        "143, false, true,  exit code 143",
        "137, false, false, exit code 137",
        "137, false, true,  SIGKILL (9)",
        "137, true,  false, 'SIGKILL (9), out of memory (container OOMKilled)'",
        "137, true,  true,  'SIGKILL (9), out of memory (container OOMKilled)'",
        // A child was killed, and its parent ended as it liked.
        "1,   true,  false, exit code 1"})
    void anEndIsWhatIsCertain(int code, boolean isOutOfMemory, boolean wasKilled, String described) {
        ProcExit exit = new ContainerEnd.Ended(code, isOutOfMemory).exit(wasKilled, TAIL);
        assertThat(exit.describe()).isEqualTo(described);
        assertThat(exit.stderrTail()).isEqualTo(TAIL);
    }

    @Test
    void oneThatIsGoneHasNoEnd() {
        assertThat(new ContainerEnd.Gone("abc").exit(true, TAIL)).isEqualTo(
                new ProcExit.Failed("container abc is gone: removed by somebody else", TAIL));
    }
}
