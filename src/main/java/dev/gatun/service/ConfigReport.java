package dev.gatun.service;

import dev.gatun.config.Problem;
import dev.gatun.config.Problems;
import dev.gatun.log.JsonText;
import java.util.List;

/** What is wrong in the files of a service, for people and for programs. */
public record ConfigReport(List<String> files, Problems problems) {

    public boolean isValid() {
        return !problems.hasErrors();
    }

    /** One line a problem, and one for all of it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (Problem problem : problems.list()) {
            text.append(severity(problem)).append(": ").append(problem.describe()).append('\n');
        }
        int errors = count(Problem.Severity.ERROR);
        int warnings = count(Problem.Severity.WARNING);
        text.append(isValid() ? "valid: " : "not valid: ").append(String.join(", ", files));
        if (errors + warnings > 0) {
            text.append(" (").append(counted(errors, "error")).append(", ").append(counted(warnings, "warning"))
                    .append(')');
        }
        return text.append('\n').toString();
    }

    /** One object; each problem with its parts and as the sentence that people get. */
    public String json() {
        StringBuilder json = new StringBuilder("{\n  \"valid\": ").append(isValid()).append(",\n  \"files\": [");
        String separator = "";
        for (String file : files) {
            JsonText.quote(json.append(separator), file);
            separator = ", ";
        }
        json.append("],\n  \"problems\": [");
        separator = "\n";
        for (Problem problem : problems.list()) {
            append(json.append(separator), problem);
            separator = ",\n";
        }
        return json.append(problems.isEmpty() ? "]\n}\n" : "\n  ]\n}\n").toString();
    }

    private static void append(StringBuilder json, Problem problem) {
        json.append("    {\"severity\": \"").append(severity(problem)).append("\", \"file\": ");
        JsonText.quote(json, problem.position().file());
        json.append(", \"line\": ").append(problem.position().line());
        json.append(", \"column\": ").append(problem.position().column());
        member(json, "path", problem.path());
        member(json, "found", problem.found());
        member(json, "expected", problem.expected());
        member(json, "nearest", problem.nearest());
        member(json, "message", problem.describe());
        json.append('}');
    }

    private static void member(StringBuilder json, String name, String value) {
        json.append(", \"").append(name).append("\": ");
        JsonText.quote(json, value);
    }

    private static String severity(Problem problem) {
        return problem.severity() == Problem.Severity.ERROR ? "error" : "warning";
    }

    private int count(Problem.Severity severity) {
        int count = 0;
        for (Problem problem : problems.list()) {
            count += problem.severity() == severity ? 1 : 0;
        }
        return count;
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
