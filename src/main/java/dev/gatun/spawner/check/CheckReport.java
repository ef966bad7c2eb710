package dev.gatun.spawner.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.spawner.check.Outcome.Failed;
import dev.gatun.spawner.check.Outcome.Passed;
import dev.gatun.spawner.check.Outcome.Skipped;
import java.util.List;
import java.util.Locale;

/** Results and lists of checks as texts. */
public final class CheckReport {

    private static final String MARGIN = "      ";
    private static final int NAME_COLUMNS = 25;

    private CheckReport() {}

    /** One result, as soon as it is there: a line, and for a failure what was wrong below it. */
    public static String of(CheckResult result) {
        String name = "%-4s  %-5s  %-" + NAME_COLUMNS + "s";
        return switch (result.outcome()) {
            case Passed _ -> name.formatted("pass", result.transport().text(), result.check().name()).stripTrailing()
                    + "\n";
            case Skipped(String reason) -> name.formatted("skip", result.transport().text(), result.check().name())
                    + reason + "\n";
            case Failed(String sentence, String log) ->
                name.formatted("FAIL", result.transport().text(), result.check().name()) + result.check().proves()
                        + "\n" + MARGIN + sentence + "\n" + (log.isEmpty() ? ""
                                : MARGIN + "its log ends with:\n"
                                        + (MARGIN + "  " + log.replace("\n", "\n" + MARGIN + "  ")) + "\n");
        };
    }

    /** {@code 61 passed, 0 failed, 4 skipped}. */
    private static String summary(List<CheckResult> results) {
        return count(results, Passed.class) + " passed, " + count(results, Failed.class) + " failed, "
                + count(results, Skipped.class) + " skipped";
    }

    /** The line below all results: figures, and what was left out. */
    public static String summary(List<CheckResult> results, List<Transport> transports) {
        StringBuilder text = new StringBuilder("\n").append(summary(results));
        for (Transport transport : Transport.values()) {
            if (!transports.contains(transport)) {
                text.append("; not tried: --transport ").append(transport.text());
            }
        }
        return text.append('\n').toString();
    }

    private static long count(List<CheckResult> results, Class<? extends Outcome> kind) {
        return results.stream().map(CheckResult::outcome).filter(kind::isInstance).count();
    }

    /** All results for programs. */
    public static String json(List<CheckResult> results) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("passed", count(results, Passed.class));
        report.put("failed", count(results, Failed.class));
        report.put("skipped", count(results, Skipped.class));
        var list = report.putArray("results");
        for (CheckResult result : results) {
            ObjectNode entry = list.addObject()
                    .put("check", result.check().name())
                    .put("chapter", result.check().chapter().title())
                    .put("transport", result.transport().text())
                    .put("proves", result.check().proves())
                    .put("millis", result.took().toMillis());
            switch (result.outcome()) {
                case Passed _ -> entry.put("outcome", "pass");
                case Skipped(String reason) -> entry.put("outcome", "skip").put("reason", reason);
                case Failed(String sentence, String log) ->
                    entry.put("outcome", "fail").put("reason", sentence).put("log", log);
            }
        }
        return report.toPrettyString() + "\n";
    }

    /** All checks with what they prove, as {@code --list} prints them. */
    public static String list(List<Check> checks) {
        StringBuilder text = new StringBuilder();
        for (Check check : checks) {
            text.append(String.format(Locale.ROOT, "%-" + NAME_COLUMNS + "s%s%s%n", check.name(), check.proves(),
                    check.transports().size() == 1 ? " (" + check.transports().iterator().next().text() + ")" : ""));
        }
        return text.toString();
    }
}
