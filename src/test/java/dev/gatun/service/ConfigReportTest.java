package dev.gatun.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Position;
import dev.gatun.config.Problem;
import dev.gatun.config.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigReportTest {

    private static ConfigReport report(Problem... problems) {
        Problems all = new Problems();
        for (Problem problem : problems) {
            all.add(problem);
        }
        return new ConfigReport(List.of("s.yml", "c.yml"), all);
    }

    private static final Problem WRONG = new Problem(Problem.Severity.ERROR, new Position("s.yml", 3, 5),
            "watchdog.softLimitPercent", "\"abc\"", "a number from 0 to 100", "");
    private static final Problem UNKNOWN = new Problem(Problem.Severity.WARNING, new Position("c.yml", 1, 1),
            "envs", "unknown key", "", "env");

    @Test
    void listsEveryProblemInOneLine() {
        assertThat(report(WRONG, UNKNOWN).text()).isEqualTo("""
                error: s.yml:3:5: watchdog.softLimitPercent: found "abc", expected a number from 0 to 100
                warning: c.yml:1:1: envs: unknown key; did you mean env?
                not valid: s.yml, c.yml (1 error, 1 warning)
                """);
    }

    @Test
    void isValidWithWarningsOnly() {
        assertThat(report(UNKNOWN).isValid()).isTrue();
        assertThat(report(UNKNOWN).text()).endsWith("\nvalid: s.yml, c.yml (0 errors, 1 warning)\n");
        assertThat(report().text()).isEqualTo("valid: s.yml, c.yml\n");
    }

    @Test
    void givesProgramsTheParts() {
        assertThat(report(WRONG).json()).isEqualTo("""
                {
                  "valid": false,
                  "files": ["s.yml", "c.yml"],
                  "problems": [
                    {"severity": "error", "file": "s.yml", "line": 3, "column": 5, "path": "watchdog.softLimitPercent", \
                "found": "\\"abc\\"", "expected": "a number from 0 to 100", "nearest": "", \
                "message": "s.yml:3:5: watchdog.softLimitPercent: found \\"abc\\", expected a number from 0 to 100"}
                  ]
                }
                """);
        assertThat(report().json()).contains("\"problems\": []\n}");
    }
}
