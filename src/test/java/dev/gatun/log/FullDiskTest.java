package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Output to a disk that is full for a while: a small one of its own, which nobody but a child of the test sees. */
@Timeout(120)
class FullDiskTest {

    @TempDir
    Path folder;

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? output : "exit " + process.exitValue() + ": " + output;
    }

    @Test
    void linesThatFitNowhereAreCountedAndTheRestGoesOnWhenThereIsRoom() throws Exception {
        String mount = "mount -t tmpfs -o size=96k none " + folder;
        String possible = run("unshare", "--mount", "sh", "-c", mount);
        assumeTrue(possible.isEmpty(), "cannot mount a file system of our own: " + possible);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String output = run("unshare", "--mount", "sh", "-c", mount + " && exec \"$@\"", "sh", java,
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                FullDiskProbe.class.getName(), folder.toString());
        List<String> lines = output.lines().toList();
        assertThat(lines).as("%s", output).hasSizeGreaterThan(5);
        assertThat(lines.subList(0, 3)).as("%s", output).containsExactly(
                "TOLD cannot write to " + folder.resolve("out.log") + ": No space left on device", "TOLD works",
                "CLOSED true");
        long put = number(lines.get(3), "LINES ");
        long lost = number(lines.get(4), "LOST ");
        assertThat(lost).isPositive();
        Tally tally = Tally.of(output.substring(output.indexOf('\n', output.indexOf("LOST")) + 1));
        assertThat(tally.lostLines()).isEqualTo(lost);
        assertThat(tally.lines().size() + lost).isEqualTo(put);
        assertThat(tally.lines()).allMatch(
                line -> line.equals(FullDiskProbe.line(Integer.parseInt(line.split(" ")[1]))));
        assertThat(tally.lines().getLast()).as("written when there was room again")
                .isEqualTo(FullDiskProbe.line((int) put - 1));
    }

    private static long number(String line, String label) {
        assertThat(line).startsWith(label);
        return Long.parseLong(line.substring(label.length()));
    }
}
