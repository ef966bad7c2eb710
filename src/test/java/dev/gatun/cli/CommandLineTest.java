package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.doctor.Libcs;
import dev.gatun.linux.CString;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words as bytes, past what the JVM made of them. */
class CommandLineTest {

    private static final byte[] LATIN = {'m', 'i', (byte) 0xf1, 'a'};

    @TempDir
    private Path root;

    private void write(byte[]... words) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte[] word : words) {
            line.writeBytes(word);
            line.write(0);
        }
        Libcs.write(root, "/proc/self/cmdline", line.toByteArray());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void bytesThatAreNoUtf8StayWhatTheyAre() {
        write(bytes("java"), bytes("-cp"), bytes("x"), bytes("dev.gatun.cli.Main"), bytes("run"), LATIN,
                bytes("naïve"));
        assertThat(CommandLine.read(Libcs.rooted(root, "/proc"), new String[]{"run", "mi?a", "na??ve"}))
                .containsExactly(CString.of("run"), CString.ofBytes(LATIN), CString.of("naïve"));
    }

    @Test
    void emptyWordsCount() {
        write(bytes("java"), bytes("Main"), bytes(""), bytes("a"), bytes(""));
        assertThat(CommandLine.read(Libcs.rooted(root, "/proc"), new String[]{"", "a", ""}))
                .containsExactly(CString.of(""), CString.of("a"), CString.of(""));
    }

    @Test
    void noWordsAreNone() {
        write(bytes("java"), bytes("Main"));
        assertThat(CommandLine.read(Libcs.rooted(root, "/proc"), new String[0])).isEmpty();
    }

    @Test
    void withoutProcTheDecodedWordsMustDo() {
        assertThat(CommandLine.read(Libcs.rooted(root, "/proc"), new String[]{"run", "naïve"}))
                .containsExactly(CString.of("run"), CString.of("naïve"));
    }
}
