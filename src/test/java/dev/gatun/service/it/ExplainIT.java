package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatun service validate} and {@code explain}, which start nothing. */
class ExplainIT {

    @TempDir
    private Path folder;

    private static Gatun verb(Dist dist, String verb, String... options) {
        List<String> words = new ArrayList<>(List.of("service", verb, "--dist-root", dist.root().toString()));
        words.addAll(List.of(options));
        return Environment.neutral(Gatun.of(words.toArray(String[]::new)), dist.root());
    }

    private Dist dist(String... lines) {
        return Dist.shell(folder, "touch started", lines);
    }

    private static Gatun.Ended look(Dist dist, String verb, String... options) {
        Gatun.Ended ended = verb(dist, verb, options).finish();
        assertThat(dist.has("started")).isFalse();
        assertThat(dist.has("var/run")).as("folders made").isFalse();
        return ended;
    }

    @Test
    void validateFindsNothingWrong() {
        assertThat(look(dist(), "validate").code()).isZero();
    }

    @Test
    void validateListsEveryProblemWithItsPlace() {
        Dist dist = dist("readiness: {httpPort: 0}", "watchdg: {}", "memory: {mode: fixd}");
        Gatun.Ended ended = look(dist, "validate");
        assertThat(ended.code()).isEqualTo(1);
        String all = ended.out() + ended.err();
        assertThat(all)
                .containsPattern("launcher-static\\.yml:6:13: readiness\\.httpPort: found 0, expected ")
                .containsPattern("launcher-static\\.yml:7:1: watchdg: .*did you mean watchdog\\?")
                .containsPattern("launcher-static\\.yml:8:10: memory\\.mode: found \"fixd\", .*did you mean fixed\\?");
    }

    @Test
    void validateAsJson() {
        Dist dist = dist("readiness: {httpPort: 0}");
        Gatun.Ended ended = look(dist, "validate", "--json");
        assertThat(ended.code()).isEqualTo(1);
        assertJson(ended.out(), "'readiness.httpPort' in str(document)");
    }

    @Test
    void explainTellsWhereEachValueComesFrom() {
        Dist dist = dist("stopTimeoutSeconds: 12", "memory: {mode: fixed, fixedLimitBytes: 1073741824}",
                "env: {DB_PASSWORD: hunter2, PLAIN: seen}")
                .write(Dist.CUSTOM, "configType: python", "configVersion: 1", "watchdog: {hardLimitPercent: 92}");
        Gatun.Ended ended = look(dist, "explain");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out())
                .containsPattern("stopTimeoutSeconds.*12.*launcher-static\\.yml:6")
                .containsPattern("watchdog\\.hardLimitPercent.*92.*launcher-custom\\.yml:3")
                .containsPattern("watchdog\\.softLimitPercent.*85.*default")
                .contains("912680550").contains("987842478").contains("724775731")
                .contains("/bin/sh").contains("PLAIN").contains("seen").contains("DB_PASSWORD")
                .doesNotContain("hunter2");
    }

    @Test
    void explainAsJson() {
        Gatun.Ended ended = look(dist("env: {DB_PASSWORD: hunter2}"), "explain", "--json");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).doesNotContain("hunter2");
        assertJson(ended.out(), "isinstance(document, dict)");
    }

    @Test
    void explainOfABadFile() {
        Gatun.Ended ended = look(dist("launchMode: x"), "explain");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out() + ended.err()).contains("launcher-static.yml:");
    }

    @Test
    void schemasAreThoseOfTheDocumentation() throws Exception {
        for (String name : List.of("service-static", "service-custom")) {
            Gatun.Ended ended = Gatun.of("schema", name).finish();
            assertThat(ended.code()).isZero();
            assertJson(ended.out(), "'$schema' in document");
            try (var files = Files.walk(Path.of("docs"))) {
                assertThat(files.filter(Files::isRegularFile).map(ExplainIT::text)).contains(ended.out());
            }
        }
        assertThat(Gatun.of("schema", "none").finish().code()).isNotZero();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void assertJson(String text, String condition) {
        try {
            Path file = Files.writeString(Files.createTempFile(folder, "document", ".json"), text);
            TestPython.runIn(folder, "-c",
                    "import json, sys; document = json.load(open(sys.argv[1])); sys.exit(not (" + condition + "))",
                    file.toString());
        } catch (java.io.IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
