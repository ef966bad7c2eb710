package dev.gatun.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.StandardStream;
import dev.gatun.linux.SystemLibc;
import dev.gatun.log.Level;
import dev.gatun.log.Log;
import dev.gatun.log.LogFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminationMessageTest {
    private static final SystemLibc LIBC = new SystemLibc();
    private static final Log LOG = new Log(LIBC, StandardStream.error(LIBC), "test", Level.ERROR, LogFormat.TEXT);

    @TempDir
    Path folder;

    @Test
    void hasTheReasonAndTheLastLines() {
        assertThat(TerminationMessage.text("exit code 3", List.of("first", "last")))
                .isEqualTo("exit code 3\nfirst\nlast\n");
    }

    @Test
    void keepsTheEndOfWhatIsTooLong() {
        List<String> lines = new java.util.ArrayList<>(Collections.nCopies(100, "ä".repeat(50)));
        lines.add("the very last");
        String text = TerminationMessage.text("exit code 3", lines);
        assertThat(text).startsWith("exit code 3\nä").endsWith("ä\nthe very last\n");
        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isBetween(3990, 4096);
    }

    @Test
    void isNotWrittenWhereNobodyHasMadeTheFile() {
        Path file = folder.resolve("termination-log");
        TerminationMessage.write(LOG, file, "exit code 3", List.of());
        assertThat(file).doesNotExist();
    }

    @Test
    void replacesWhatIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("termination-log"), "a longer text of an earlier end");
        TerminationMessage.write(LOG, file, "exit code 3", List.of("why"));
        assertThat(file).hasContent("exit code 3\nwhy\n");
    }
}
