package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTextTest {

    @Test
    void quotesWhatTheReaderOfTheFileTakesForItsOwn() {
        assertThat(EnvironmentText.of(Map.of("A", "a\"b\\c`d$e'f #;\n\tg")))
                .isEqualTo("A=\"a\\\"b\\\\c\\`d\\$e'f #;\n\tg\"\n");
    }

    @Test
    void refusesWhatWouldBeLeftOutWithoutAWord() {
        assertThatThrownBy(() -> EnvironmentText.of(Map.of("a.b", "secret")))
                .hasMessageContaining("\"a.b\"").hasMessageNotContaining("secret");
        assertThatThrownBy(() -> EnvironmentText.of(Map.of("A", "secret\u001b[0m")))
                .hasMessageContaining("A has one").hasMessageNotContaining("secret");
    }
}
