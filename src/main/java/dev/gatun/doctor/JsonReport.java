package dev.gatun.doctor;

import dev.gatun.log.JsonText;

/** A report for programs: one object, the groups and their findings in arrays, with names that stay. */
public final class JsonReport {

    private final StringBuilder json = new StringBuilder();

    private JsonReport() {}

    /**
     * The report as JSON, with a line break at its end.
     *
     * @param version of Gatun
     */
    public static String of(Report report, String version) {
        return new JsonReport().write(report, version);
    }

    private String write(Report report, String version) {
        json.append("{\n  \"version\": ");
        JsonText.quote(json, version);
        json.append(",\n  \"healthy\": ").append(report.isHealthy());
        for (Status status : Status.values()) {
            json.append(",\n  \"").append(status.text()).append("\": ").append(report.count(status));
        }
        json.append(",\n  \"checks\": [");
        String separator = "\n";
        for (Report.Group group : report.groups()) {
            for (Finding finding : group.findings()) {
                json.append(separator).append("    {");
                write(group, finding);
                json.append('}');
                separator = ",\n";
            }
        }
        return json.append("\n  ]\n}\n").toString();
    }

    private void write(Report.Group group, Finding finding) {
        member("group", group.name());
        json.append(", ");
        member("name", finding.name());
        json.append(", ");
        member("status", finding.status().text());
        json.append(", \"essential\": ").append(finding.essential()).append(", ");
        member("value", finding.value());
        json.append(", ");
        member("meaning", finding.meaning());
    }

    private void member(String name, String value) {
        json.append('"').append(name).append("\": ");
        JsonText.quote(json, value);
    }
}
