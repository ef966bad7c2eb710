package dev.gatun.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report in its two forms. */
class ReportTest {

    private static final Report REPORT = new Report(List.of(
            new Report.Group("kernel", List.of(
                    Finding.ok("pidfd_open", "works", "it is good"),
                    Finding.missing("pressure", "no \"file\"\n\u0007", "it is a pity"))),
            new Report.Group("java", List.of(
                    Finding.warning("heap", "1 MiB", "a sentence " + "that goes on ".repeat(9) + "and ends")))));

    private static Report with(Finding finding) {
        return new Report(List.of(new Report.Group("group", List.of(finding))));
    }

    @Test
    void textIsAlignedAndWrapped() {
        assertThat(TextReport.of(REPORT)).isEqualTo("""
                kernel
                  ok       pidfd open          works: it is good
                  missing  pressure            no "file" ?: it is a pity

                java
                  warning  heap                1 MiB: a sentence that goes on that goes on that goes on that goes on
                                               that goes on that goes on that goes on that goes on that goes on and
                                               ends

                1 ok, 1 warning, 1 missing: Gatun can work here
                """);
    }

    @Test
    @SuppressWarnings("unchecked")
    void jsonIsValidAndComplete() {
        Map<String, Object> json = (Map<String, Object>) Json.parse(JsonReport.of(REPORT, "1.0"));
        assertThat(json)
                .containsEntry("version", "1.0")
                .containsEntry("healthy", true)
                .containsEntry("ok", 1.0)
                .containsEntry("warning", 1.0)
                .containsEntry("missing", 1.0);
        List<Map<String, Object>> checks = (List<Map<String, Object>>) json.get("checks");
        assertThat(checks).hasSize(3);
        assertThat(checks.get(1)).isEqualTo(Map.of(
                "group", "kernel", "name", "pressure", "status", "missing", "essential", false,
                "value", "no \"file\"\n\u0007", "meaning", "it is a pity"));
    }

    @Test
    void onlyWhatIsEssentialAndMissingIsFatal() {
        assertThat(with(Finding.ok("a", "", "")).isHealthy()).isTrue();
        assertThat(with(Finding.warning("a", "", "")).isHealthy()).isTrue();
        assertThat(with(Finding.missing("a", "", "")).isHealthy()).isTrue();
        Report fatal = with(Finding.essential("a", "gone", "it needs it"));
        assertThat(fatal.isHealthy()).isFalse();
        assertThat(TextReport.of(fatal)).endsWith("0 ok, 0 warnings, 1 missing: Gatun cannot work here\n");
        assertThat(JsonReport.of(fatal, "")).contains("\"healthy\": false", "\"essential\": true");
    }

    @Test
    void emptyReportIsValid() {
        assertThat(Json.parse(JsonReport.of(new Report(List.of()), "x"))).isInstanceOf(Map.class);
    }

    @Test
    void longWordHasALineToItself() {
        assertThat(TextReport.wrap("a " + "b".repeat(12) + " c", 10)).containsExactly("a", "b".repeat(12), "c");
    }

    @Test
    void quantities() {
        assertThat(Text.bytes(0)).isEqualTo("0 bytes");
        assertThat(Text.bytes(1023)).isEqualTo("1023 bytes");
        assertThat(Text.bytes(512L << 20)).isEqualTo("512 MiB");
        assertThat(Text.bytes(3L << 29)).isEqualTo("1.5 GiB");
        assertThat(Text.bytes(Long.MAX_VALUE)).endsWith(" TiB");
        assertThat(Text.decimal(0.25)).isEqualTo("0.3");
        assertThat(Text.decimal(2)).isEqualTo("2");
    }
}
