package dev.gatun.doctor;

import java.util.ArrayList;
import java.util.List;

/** A report for people: a line each, wrapped where it is too long for one. */
public final class TextReport {

    private static final int COLUMNS = 100;

    /** {@code "  missing  "} and the longest name. */
    private static final int STATUS_COLUMNS = 9;

    private static final int NAME_COLUMNS = 20;

    private TextReport() {}

    /** The report as text. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder();
        for (Report.Group group : report.groups()) {
            text.append(group.name()).append('\n');
            for (Finding finding : group.findings()) {
                append(text, finding);
            }
            text.append('\n');
        }
        return text.append(summary(report)).append('\n').toString();
    }

    private static void append(StringBuilder text, Finding finding) {
        String label = finding.name().replace('_', ' ');
        String head = "  " + padded(finding.status().text(), STATUS_COLUMNS) + padded(label, NAME_COLUMNS);
        String indent = " ".repeat(head.length());
        String lead = head;
        for (String line : wrap(printable(finding.value() + ": " + finding.meaning()), COLUMNS - head.length())) {
            text.append(lead).append(line).append('\n');
            lead = indent;
        }
    }

    private static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(1, columns - text.length()));
    }

    /** What comes out of files is nothing that a terminal should act on. */
    private static String printable(String text) {
        return text.replace('\n', ' ').replaceAll("\\p{Cntrl}", "?");
    }

    /** Breaks at blanks; a word that is too long has a line to itself. */
    static List<String> wrap(String text, int columns) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String summary(Report report) {
        long warnings = report.count(Status.WARNING);
        String counts = report.count(Status.OK) + " ok, " + warnings + (warnings == 1 ? " warning, " : " warnings, ")
                + report.count(Status.MISSING) + " missing";
        return counts + (report.isHealthy() ? ": Gatun can work here" : ": Gatun cannot work here");
    }
}
