package dev.gatun.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Problem.Severity;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    private final Problems problems = new Problems();

    @Test
    void areListedByPlaceFilesInTheOrderOfTheirFirst() {
        problems.warn(new Position("static.yml", 10, 1), "a", "1", "2");
        problems.error(new Position("custom.yml", 1, 1), "b", "1", "2");
        problems.error(new Position("static.yml", 2, 7), "c", "1", "2");
        problems.error(new Position("static.yml", 2, 3), "d", "1", "2");

        assertThat(Trees.sentences(problems)).containsExactly(
                "static.yml:2:3: d: found 1, expected 2",
                "static.yml:2:7: c: found 1, expected 2",
                "static.yml:10:1: a: found 1, expected 2",
                "custom.yml:1:1: b: found 1, expected 2");
    }

    @Test
    void areListedOnce() {
        problems.error(new Position("f.yml", 1, 1), "a", "1", "2");
        problems.error(new Position("f.yml", 1, 1), "a", "1", "2");
        problems.warn(new Position("f.yml", 1, 1), "a", "1", "2");

        assertThat(problems.list()).hasSize(2);
        assertThat(problems.asErrors().list()).hasSize(1);
    }

    @Test
    void aWarningIsAnErrorOnlyForThoseWhoSaySo() {
        assertThat(problems.isEmpty()).isTrue();
        problems.warn(new Position("f.yml", 1, 1), "a", "1", "2");

        assertThat(problems.isEmpty()).isFalse();
        assertThat(problems.hasErrors()).isFalse();
        assertThat(problems.asErrors().hasErrors()).isTrue();
        assertThat(problems.hasErrors()).isFalse();
    }

    @Test
    void aSentenceHasOnlyTheWordsThatItNeeds() {
        assertThat(sentence("a.b", "\"x\"", "a number", ""))
                .isEqualTo("f.yml:3:4: a.b: found \"x\", expected a number");
        assertThat(sentence("", "a list", "a mapping", "")).isEqualTo("f.yml:3:4: found a list, expected a mapping");
        assertThat(sentence("a.c", "unknown key", "", "b")).isEqualTo("f.yml:3:4: a.c: unknown key; did you mean b?");
        assertThat(sentence("a\n\u001b[0m", "unknown key", "", "")).isEqualTo("f.yml:3:4: a  [0m: unknown key");
        assertThat(sentence("x".repeat(1000), "unknown key", "", "")).hasSizeLessThan(300);
    }

    private static String sentence(String path, String found, String expected, String nearest) {
        return new Problem(Severity.ERROR, new Position("f.yml", 3, 4), path, found, expected, nearest).describe();
    }

    @Test
    void excerptsDoNotCutCharactersInHalf() {
        assertThat(Excerpt.quote("x".repeat(59) + "😀y")).isEqualTo("\"" + "x".repeat(59) + "…\"");
        assertThat(Excerpt.quote("x".repeat(60))).isEqualTo("\"" + "x".repeat(60) + "\"");
        assertThat(Excerpt.quote("x".repeat(58) + "😀y")).isEqualTo("\"" + "x".repeat(58) + "😀…\"");
    }
}
