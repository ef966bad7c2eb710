package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.cli.RunOptionTable.Section;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Help that fits a screen and leaves nothing out. */
class HelpTest {

    private static int widest(String text) {
        return text.lines().mapToInt(String::length).max().orElse(0);
    }

    @Test
    void overviewFitsASmallScreen() {
        String help = Help.overview();
        assertThat(help.lines()).hasSizeLessThanOrEqualTo(24);
        assertThat(widest(help)).isLessThanOrEqualTo(80);
        for (Command command : Commands.ALL) {
            assertThat(help).containsPattern("(?m)^  " + command.name() + " +\\S");
        }
    }

    @Test
    void commandsFitAScreen() {
        for (Command command : Commands.ALL) {
            String help = Help.of(command);
            assertThat(help.lines()).as(command.name()).hasSizeLessThanOrEqualTo(60);
            assertThat(widest(help)).as(command.name()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void everyOptionIsInALineWithItsDescription() {
        List<String> lines = Help.forRun().lines().toList();
        for (Section section : RunOptionTable.SECTIONS) {
            assertThat(lines).contains(section.heading() + ":");
            for (Option option : section.options()) {
                String start = String.join(", ", option.names())
                        + (option.takesValue() ? " " + option.valueLabel() : "") + " ";
                assertThat(lines)
                        .anySatisfy(line -> assertThat(line.strip()).startsWith(start).endsWith(option.description()));
            }
        }
    }

    @Test
    void runHasExamplesAndExitCodes() {
        String help = Help.forRun();
        assertThat(help.lines().filter(line -> line.startsWith("  gatun run "))).hasSize(3);
        assertThat(help).contains("Exit code:").contains("125").contains("126").contains("127");
    }

    @Test
    void percentSignsAreTextAndNoFormats() {
        Command command = new Command(
                "odd", "", "100%n of it", List.of(new Section("", List.of(Option.flag("--odd", "50 % of ${x}, %s")))),
                List.of(), List.of("%s"));
        assertThat(Help.of(command)).contains("100%n of it", "50 % of ${x}, %s", "\n%s\n");
    }
}
