package dev.gatun.spawner.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.spawner.message.SpawnerCapabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of checks, and what is printed of it. */
class ChecksTest {

    private static final SpawnerCapabilities NOTHING = new SpawnerCapabilities(
            false, false, SpawnerCapabilities.Output.MANAGED, false, false, false, false);

    private static final SpawnerCapabilities EVERYTHING = new SpawnerCapabilities(
            true, true, SpawnerCapabilities.Output.CAPTURED, true, true, true, true);

    private static CheckResult result(String check, Outcome outcome) {
        return new CheckResult(Checks.find(check).orElseThrow(), Transport.STDIO, outcome, Duration.ofMillis(12));
    }

    @Test
    void namesAreUniqueAndShort() {
        assertThat(Checks.ALL).extracting(Check::name).doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(name).matches("[a-z0-9-]{1,24}"));
    }

    @Test
    void theDocumentHasAllOfThem() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Check check : Checks.ALL) {
            String only = Stream.concat(
                    check.transports().size() == 1
                            ? check.transports().stream().map(transport -> "over " + transport.text())
                            : Stream.of(),
                    Stream.of(Need.values()).filter(check.needs()::contains).map(Need::words))
                    .collect(Collectors.joining(", "));
            rows.add("| `" + check.name() + "` | " + check.chapter().title() + " | " + check.proves() + " | "
                    + (only.isEmpty() ? "" : only + " ") + "|");
        }
        List<String> document = Files.readAllLines(Path.of("docs/spawner-check.md"));
        assertThat(document.stream().filter(line -> line.startsWith("| `") && !line.startsWith("| `--")).toList())
                .isEqualTo(rows);
    }

    @Test
    void chaptersAreHeadingsOfTheProtocol() throws IOException {
        String protocol = Files.readString(Path.of("docs/spawner-protocol.md")).replace("`", "");
        for (Chapter chapter : Chapter.values()) {
            assertThat(protocol).containsPattern("(?m)^##+ " + chapter.title() + "$");
        }
    }

    @Test
    void whatASpawnerDoesNotClaimIsSkippedWithTheReason() {
        Check signals = Checks.find("exit-signals").orElseThrow();
        assertThat(signals.whySkipped(Optional.of(NOTHING))).contains("only where signal is true");
        assertThat(signals.whySkipped(Optional.of(EVERYTHING))).isEmpty();
        assertThat(signals.whySkipped(Optional.empty())).contains("hello did not tell whether signal is true");
        assertThat(Checks.find("exit-codes").orElseThrow().whySkipped(Optional.empty())).isEmpty();
        assertThat(Checks.find("limits-unsupported").orElseThrow().whySkipped(Optional.of(EVERYTHING)))
                .contains("only where limits is false");
    }

    @Test
    void everyNeedIsSomebodys() {
        assertThat(Checks.ALL.stream().flatMap(check -> check.needs().stream())).contains(Need.values());
    }

    @Test
    void resultsAreLines() {
        assertThat(CheckReport.of(result("kill", new Outcome.Passed()))).isEqualTo("pass  stdio  kill\n");
        assertThat(CheckReport.of(result("kill", new Outcome.Skipped("only so"))))
                .isEqualTo("skip  stdio  kill                     only so\n");
        assertThat(CheckReport.of(result("kill", new Outcome.Failed("sent kill: expected x, but y", "one\ntwo"))))
                .isEqualTo("""
                        FAIL  stdio  kill                     kill ends a process that ignores SIGTERM
                              sent kill: expected x, but y
                              its log ends with:
                                one
                                two
                        """);
    }

    @Test
    void summaryTellsWhatWasNotTried() {
        List<CheckResult> results =
                List.of(result("kill", new Outcome.Passed()), result("list", new Outcome.Skipped("x")));
        assertThat(CheckReport.summary(results, List.of(Transport.STDIO)))
                .isEqualTo("\n1 passed, 0 failed, 1 skipped; not tried: --transport unix\n");
        assertThat(CheckReport.summary(results, List.of(Transport.values())))
                .isEqualTo("\n1 passed, 0 failed, 1 skipped\n");
    }

    @Test
    void jsonHasEveryResult() {
        assertThat(CheckReport.json(List.of(
                result("kill", new Outcome.Failed("why", "")), result("list", new Outcome.Skipped("so")))))
                .contains("\"passed\" : 0", "\"failed\" : 1", "\"skipped\" : 1", "\"check\" : \"kill\"",
                        "\"outcome\" : \"fail\"", "\"reason\" : \"why\"", "\"reason\" : \"so\"", "\"millis\" : 12");
    }
}
