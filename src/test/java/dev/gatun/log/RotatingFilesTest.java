package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatingFilesTest {

    @TempDir
    Path folder;

    private Path path;
    private RotatingFiles files;

    @BeforeEach
    void name() {
        path = folder.resolve("out.log");
    }

    @AfterEach
    void close() {
        if (files != null) {
            files.close();
        }
    }

    private void open(long maxBytes, int count) {
        files = new RotatingFiles(path, maxBytes, count);
    }

    private void write(String text) throws IOException {
        write(files, text);
    }

    private static void write(RotatingFiles files, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = 0;
        while (at < bytes.length) {
            at += files.write(bytes, at, bytes.length - at);
        }
    }

    private String content(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private String[] names() {
        String[] names = folder.toFile().list();
        Arrays.sort(names);
        return names;
    }

    @Test
    void appendsToWhatIsThere() throws Exception {
        Files.writeString(path, "before\n");
        open(100, 3);
        write("after\n");
        assertThat(content("out.log")).isEqualTo("before\nafter\n");
    }

    @Test
    void makesWayWhenItIsFull() throws Exception {
        open(8, 3);
        write("one\n");
        write("two\n");
        assertThat(names()).containsExactly("out.log");
        write("three\n");
        write("four\n");
        write("five\n");
        assertThat(names()).containsExactly("out.log", "out.log.1", "out.log.2");
        assertThat(content("out.log")).isEqualTo("five\n");
        assertThat(content("out.log.1")).isEqualTo("four\n");
        assertThat(content("out.log.2")).isEqualTo("three\n");
    }

    @Test
    void whatIsThereCountsToo() throws Exception {
        Files.writeString(path, "x".repeat(99) + "\n");
        open(100, 2);
        write("new\n");
        assertThat(content("out.log")).isEqualTo("new\n");
        assertThat(content("out.log.1")).hasSize(100);
    }

    @Test
    void singleFileBeginsAnew() throws Exception {
        open(8, 1);
        write("one\ntwo\nthree\n");
        assertThat(names()).containsExactly("out.log");
        assertThat(content("out.log")).isEqualTo("three\n");
    }

    @Test
    void lineThatIsLongerThanAFileIsCut() throws Exception {
        open(8, 3);
        write("a\n0123456789\n");
        assertThat(content("out.log.2")).isEqualTo("a\n");
        assertThat(content("out.log.1")).isEqualTo("01234567");
        assertThat(content("out.log")).isEqualTo("89\n");
    }

    @Test
    void folderIsMadeAndMadeAnew() throws Exception {
        path = folder.resolve("var/log/out.log");
        open(100, 2);
        write("one\n");
        Files.delete(path);
        Files.delete(path.getParent());
        write("two\n");
        assertThat(content("var/log/out.log")).isEqualTo("two\n");
    }

    @Test
    void fileThatSomebodyElseRenamedIsNotWrittenToAnyMore() throws Exception {
        open(100, 2);
        write("one\n");
        Files.move(path, folder.resolve("moved"));
        write("two\n");
        Files.move(path, folder.resolve("moved again"));
        Files.writeString(path, "theirs\n");
        write("three\n");
        assertThat(content("moved")).isEqualTo("one\n");
        assertThat(content("moved again")).isEqualTo("two\n");
        assertThat(content("out.log")).isEqualTo("theirs\nthree\n");
    }

    /** Renaming a device would be a disaster, and there is nothing to gain. */
    @Test
    void whatIsNoFileIsNotRenamed() throws Exception {
        Files.createSymbolicLink(path, Path.of("/dev/null"));
        open(4, 3);
        write("one\ntwo\nthree\n");
        assertThat(names()).containsExactly("out.log");
        assertThat(path).isSymbolicLink();
        Files.delete(path);
    }

    @Test
    void fullDiskIsSaid() throws Exception {
        Files.createSymbolicLink(path, Path.of("/dev/full"));
        open(4, 3);
        assertThatThrownBy(() -> write("one\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot write to " + path + ": No space left on device");
        Files.delete(path);
    }

    @Test
    void failuresSayWhereAndWhat() throws Exception {
        Files.createDirectory(path);
        open(100, 2);
        assertThatThrownBy(() -> write("x\n")).hasMessage("cannot write to " + path + ": Is a directory");
        path = Files.writeString(folder.resolve("file"), "").resolve("out.log");
        open(100, 2);
        assertThatThrownBy(() -> write("x\n"))
                .hasMessage("cannot write to " + path + ": " + path.getParent() + ": Not a directory");
        path = Path.of("/proc/gatun/out.log");
        open(100, 2);
        assertThatThrownBy(() -> write("x\n"))
                .hasMessageStartingWith("cannot write to /proc/gatun/out.log: /proc/gatun: ");
    }

    @Test
    void numbersThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new RotatingFiles(Path.of("p"), 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("p: 3 files of 0 bytes; expected at least 1 of 1");
        assertThatThrownBy(() -> new FileSeries(path, -1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 files from number -1 on; neither can be negative");
    }

    @Test
    void seriesCanBeginWithNumberZeroAndKeepsItsGaps() throws Exception {
        FileSeries series = new FileSeries(path, 0, 3);
        series.shift();
        assertThat(names()).isEmpty();
        for (String name : new String[]{"out.log", "out.log.0", "out.log.2"}) {
            Files.writeString(folder.resolve(name), name);
        }
        series.shift();
        assertThat(names()).containsExactly("out.log.0", "out.log.1", "out.log.2");
        assertThat(content("out.log.0")).isEqualTo("out.log");
        assertThat(content("out.log.1")).isEqualTo("out.log.0");
        assertThat(content("out.log.2")).as("too old before, and not younger now").isEqualTo("out.log.2");
    }

    /** Whatever the sizes: no file is too long, no line is torn, and what is left is the end of what was written. */
    @Property(tries = 60)
    void filesHoldTheLatestWholeLines(
            @ForAll @IntRange(min = 1, max = 4) int count, @ForAll @IntRange(min = 30, max = 300) int maxBytes,
            @ForAll long seed) throws IOException {
        Path place = Files.createTempDirectory("gatun-rotation");
        RotatingFiles rotating = new RotatingFiles(place.resolve("f"), maxBytes, count);
        Random random = new Random(seed);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            String lines = (i + "-" + "z".repeat(random.nextInt(25)) + "\n").repeat(1 + random.nextInt(3));
            all.append(lines);
            write(rotating, lines);
        }
        rotating.close();
        StringBuilder left = new StringBuilder();
        for (int i = count - 1; i >= 0; i--) {
            Path file = place.resolve(i == 0 ? "f" : "f." + i);
            if (Files.exists(file)) {
                String content = Files.readString(file);
                assertThat(content.length()).isLessThanOrEqualTo(maxBytes);
                assertThat(content).endsWith("\n");
                left.append(content);
                Files.delete(file);
            }
        }
        Files.delete(place);
        assertThat(all.toString()).endsWith(left.toString());
        assertThat(left).isNotEmpty();
    }
}
