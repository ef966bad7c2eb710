package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gatun's own log, and what becomes of the service's output. */
class CaptureIT {

    private static final String TEXT_LINE = "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{6} .*";

    @TempDir
    private Path folder;

    @Test
    void textLinesLookAsTheyAlwaysDid() {
        Gatun.Ended ended = Dist.shell(folder, "echo mine").service().finish();
        assertThat(ended.out().lines().filter(line -> !line.equals("mine")))
                .isNotEmpty().allMatch(line -> line.matches(TEXT_LINE));
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void jsonFromTheFirstLineToTheLast() {
        Gatun.Ended ended = Dist.shell(folder, "echo mine").service("--log-format", "json").finish();
        assertThat(ended.out().lines().filter(line -> !line.equals("mine")))
                .isNotEmpty()
                .allMatch(line -> line.matches("\\{.*\"level\":\"\\w+\",\"logger\":\"gatun\",\"message\":\".*\",.*"
                        + "\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z\".*\\}"));
    }

    @Test
    void levelIsHeeded() {
        Gatun.Ended ended = Dist.shell(folder, "echo mine; exit 1", "logging: {level: error}").service().finish();
        assertThat(ended.out()).isEqualTo("mine\n");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void logCanGoToStandardError() {
        Gatun.Ended ended = Dist.shell(folder, "echo mine", "logging: {output: stderr}").service().finish();
        assertThat(ended.out()).isEqualTo("mine\n");
        assertThat(ended.err().lines()).isNotEmpty().allMatch(line -> line.matches(TEXT_LINE));
    }

    @Test
    void eachOfTheElevenStepsIsToldOnceInItsOrder() {
        Gatun.Ended ended = Dist.shell(folder, "exit 0").service().finish();
        List<String> steps = ended.out().lines().filter(line -> line.contains(" of 11, ")).toList();
        assertThat(steps).hasSize(11);
        for (int step = 1; step <= 11; step++) {
            assertThat(steps.get(step - 1)).contains("step " + step + " of 11, ").contains("took");
        }
    }

    @Test
    void outputIsCapturedAndRotated() throws IOException {
        Dist dist =
                Dist.shell(folder, "i=0; while [ $i -lt 500 ]; do echo \"line $i of the service\"; i=$((i+1)); done",
                        "logging: {capture: {format: raw, maxBytes: 4096, files: 3, path: var/log/out.log}}");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).doesNotContain("of the service\n");
        try (var files = Files.list(dist.path("var/log"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(3);
            for (Path file : all) {
                assertThat(Files.size(file)).isLessThanOrEqualTo(4096);
            }
        }
        assertThat(dist.read("var/log/out.log")).endsWith("line 499 of the service\n");
    }

    @Test
    void capturedLinesAsJson() {
        Dist dist = Dist.shell(folder, "echo to out; echo to err >&2",
                "logging: {capture: {format: json, path: var/log/out.log}}", "streams: {stderr: inherit}");
        assertThat(dist.service().finish().code()).isZero();
        assertThat(dist.read("var/log/out.log").lines()).hasSize(2)
                .allMatch(line -> line.startsWith("{") && line.endsWith("}"))
                .anyMatch(line -> line.contains("to out") && line.contains("stdout"))
                .anyMatch(line -> line.contains("to err") && line.contains("stderr"));
    }

    @Test
    void capturedLinesCanGoToStandardOutput() {
        Dist dist = Dist.shell(folder, "echo mine; exit 3",
                "logging: {format: json, output: stderr, capture: {format: json, files: 0}}");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.out().lines()).hasSize(1)
                .allMatch(line -> line.startsWith("{") && line.contains("mine") && line.endsWith("}"));
    }

    @Test
    void lastLinesAreInTheTerminationMessage() throws IOException {
        Path message = Files.createFile(folder.resolve("termination-log"));
        Dist dist = Dist.shell(folder, "echo first; echo 'no such table' >&2; exit 3",
                "terminationMessagePath: " + message, "logging: {capture: {tailLines: 1}}");
        assertThat(dist.service().finish().code()).isEqualTo(3);
        assertThat(message).content().contains("exit code 3").contains("no such table").doesNotContain("first");
    }

    /** A disk that is full takes no line; the service must not wait for it. */
    @Test
    void fullDiskStopsNobody() {
        Dist dist = Dist.shell(folder, "i=0; while [ $i -lt 3000 ]; do echo \"a line that nobody will ever read, $i\";"
                + " i=$((i+1)); done; exit 5", "logging: {capture: {path: /dev/full, files: 1}}");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(5);
    }
}
