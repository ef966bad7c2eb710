package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = new Console(stream(out), stream(err));

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(new BufferedOutputStream(bytes), false, StandardCharsets.UTF_8);
    }

    @Test
    void answersGoOutAndComplaintsElsewhereAtOnce() {
        console.print("answer …\n");
        console.complain("complaint\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("answer …\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("complaint\n");
    }
}
