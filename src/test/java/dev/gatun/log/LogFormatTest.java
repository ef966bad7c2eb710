package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.doctor.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LogFormatTest {

    private static String text(Level level, String message, Object... fields) {
        return LogFormat.TEXT.line("gatun", level, message, fields);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(Level level, String message, Object... fields) {
        return (Map<String, Object>) Json.parse(LogFormat.JSON.line("gatun", level, message, fields));
    }

    @Test
    void textQuotesWhatWouldBeMistaken() {
        assertThat(text(Level.INFO, "m", "a", "plain/1:2", "b", "", "c", "x=y", "d", "say \"hi\"", "e", null))
                .isEqualTo("gatun: m a=plain/1:2 b=\"\" c=\"x=y\" d=\"say \\\"hi\\\"\" e=null\n");
    }

    @Test
    void textIsOneLineAndHarmlessToATerminal() {
        assertThat(text(Level.INFO, "two\nlines", "a", "x\ny", "b", "\u001b[2J", "c", "\u009b"))
                .isEqualTo("gatun: two lines a=\"x\\ny\" b=\"\\u001b[2J\" c=\"\\u009b\"\n");
    }

    @Test
    void textKeepsOtherScripts() {
        assertThat(text(Level.INFO, "größer", "name", "ñandú")).isEqualTo("gatun: größer name=ñandú\n");
    }

    @Test
    void jsonHasTimeLevelProgramAndMessage() {
        Map<String, Object> json = json(Level.WARN, "say \"hi\"\n", "pid", 7, "ok", true, "how", "exited 0");
        assertThat(json)
                .containsEntry("level", "warn")
                .containsEntry("program", "gatun")
                .containsEntry("message", "say \"hi\"\n")
                .containsEntry("pid", 7.0)
                .containsEntry("ok", true)
                .containsEntry("how", "exited 0");
        Instant time = Instant.parse((String) json.get("time"));
        assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
    }

    @Property(tries = 300)
    void jsonIsOneValidLineWhateverIsLogged(@ForAll String message, @ForAll String value) {
        String line = LogFormat.JSON.line("gatun", Level.INFO, message, "field", value);
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        assertThat(json(Level.INFO, message, "field", value)).containsEntry("message", message).containsEntry("field",
                value);
    }
}
