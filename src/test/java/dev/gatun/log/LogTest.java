package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatun.doctor.Json;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.SystemLibc;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log at a pipe whose reader takes its time. */
@Timeout(30)
class LogTest {

    private static final int PIPE_BUF = 4096;

    private final Libc libc = new SystemLibc();
    private final Pipe pipe = Pipe.open(libc);
    private final Log log = new Log(libc, pipe.writeEnd(), "gatun", Level.INFO, LogFormat.TEXT);

    LogTest() {
        pipe.readEnd().makeNonBlocking();
    }

    @AfterEach
    void close() {
        pipe.close();
    }

    private byte[] readBytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(1 << 16);
            long count = pipe.readEnd().read(buffer);
            while (count > 0) {
                all.writeBytes(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
                count = pipe.readEnd().read(buffer);
            }
        }
        return all.toByteArray();
    }

    private String read() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void writesALineAnEvent() {
        log.info("started", "pid", 7);
        log.warn("odd", "why", "two words");
        log.error("broken");
        assertThat(read()).isEqualTo("""
                gatun: started pid=7
                gatun: warning: odd why="two words"
                gatun: error: broken
                """);
    }

    @Test
    void writesNothingBelowItsLevel() {
        log.debug("detail");
        assertThat(read()).isEmpty();
        assertThat(log.isEnabled(Level.DEBUG)).isFalse();
        assertThat(log.isEnabled(Level.INFO)).isTrue();
        assertThat(log.isEnabled(Level.ERROR)).isTrue();
    }

    /** Or the launcher would stand still because nobody reads what it says. */
    @Test
    void fullPipeLosesLinesAndSaysHowMany() {
        String text = "x".repeat(1000);
        for (int i = 0; i < 500; i++) {
            log.info(text, "line", i);
        }
        long written = read().lines().count();
        assertThat(written).isBetween(1L, 499L);
        log.info("after");
        assertThat(read()).isEqualTo("gatun: warning: lines of this log were lost count=" + (500 - written)
                + "\ngatun: after\n");
        log.info("and no more of it");
        assertThat(read()).isEqualTo("gatun: and no more of it\n");
    }

    @Test
    void lossIsSaidEvenWhenTheLevelIsError() {
        Log quiet = new Log(libc, pipe.writeEnd(), "gatun", Level.ERROR, LogFormat.TEXT);
        for (int i = 0; i < 100; i++) {
            quiet.error("x".repeat(2000));
        }
        read();
        quiet.error("after");
        assertThat(read()).contains("lines of this log were lost count=");
    }

    @Test
    void lineIsNeverLongerThanAPipeTakesAtOnce() {
        log.info("x".repeat(10_000));
        byte[] line = readBytes();
        assertThat(line.length).isLessThanOrEqualTo(PIPE_BUF);
        assertThat(new String(line, StandardCharsets.UTF_8)).startsWith("gatun: xxx").endsWith("x…\n");
    }

    @Test
    void lineThatJustFitsIsWhole() {
        int room = PIPE_BUF - "gatun: \n".length();
        log.info("x".repeat(room));
        assertThat(read()).endsWith("x\n").hasSize(PIPE_BUF);
        log.info("x".repeat(room + 1));
        assertThat(read()).endsWith("x…\n");
    }

    /** Half a character would make a whole log file unreadable for programs that are strict. */
    @Test
    void cutIsBetweenCharacters() {
        for (int shift = 0; shift < 4; shift++) {
            log.info("x".repeat(shift) + "€".repeat(3000));
            log.info("x".repeat(shift) + "\uD83D\uDEA2".repeat(3000));
        }
        byte[] lines = readBytes();
        assertThatCode(() -> decodeStrictly(lines)).doesNotThrowAnyException();
    }

    @Test
    void jsonStaysJson() {
        Log json = new Log(libc, pipe.writeEnd(), "gatun", Level.INFO, LogFormat.JSON);
        json.info("m".repeat(5000), "command", "x".repeat(5000), "pid", 7);
        assertThat(Json.parse(read())).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("pid", 7.0)
                .containsEntry("command", "x".repeat(500) + "…");
        json.info("fits", "command", "x".repeat(3000));
        assertThat(Json.parse(read())).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("command", "x".repeat(3000));
    }

    /** Whatever the values are made of: a control character takes six bytes of JSON. */
    @Test
    void jsonStaysJsonWithAnyNumberOfFields() {
        Log json = new Log(libc, pipe.writeEnd(), "gatun", Level.INFO, LogFormat.JSON);
        json.info("m".repeat(5000), manyFields(12, "\u0001".repeat(2000)));
        assertThat(Json.parse(read())).asInstanceOf(InstanceOfAssertFactories.MAP)
                .hasSize(4 + 12)
                .hasEntrySatisfying("field11", value -> assertThat((String) value).startsWith("\u0001").endsWith("…"));
        json.info("m".repeat(5000), manyFields(1000, "x"));
        assertThat(Json.parse(read())).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("message", "m".repeat(500) + "…")
                .hasSize(4);
    }

    private static Object[] manyFields(int count, String value) {
        Object[] fields = new Object[2 * count];
        for (int i = 0; i < count; i++) {
            fields[2 * i] = "field" + i;
            fields[2 * i + 1] = value;
        }
        return fields;
    }

    @Test
    void shorterValueEndsBetweenCharacters() {
        Log json = new Log(libc, pipe.writeEnd(), "gatun", Level.INFO, LogFormat.JSON);
        json.info("m", "ships", "x" + "\uD83D\uDEA2".repeat(3000));
        assertThat(Json.parse(read())).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("ships", "x" + "\uD83D\uDEA2".repeat(249) + "…");
    }

    @Test
    void layoutIsTheCallers() {
        Log own = new Log(libc, pipe.writeEnd(), "gatun", Level.INFO,
                (program, level, message, fields) -> program + "|" + level + "|" + message + "\n");
        own.warn("hi");
        assertThat(read()).isEqualTo("gatun|WARN|hi\n");
    }

    private static String decodeStrictly(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }

    @Test
    void readerThatIsGoneIsNoFailure() {
        pipe.readEnd().close();
        assertThatCode(() -> log.info("to nobody")).doesNotThrowAnyException();
    }
}
