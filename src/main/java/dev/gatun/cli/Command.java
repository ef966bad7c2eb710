package dev.gatun.cli;

import dev.gatun.cli.RunOptionTable.Section;
import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.List;

/**
 * One command of the program, as help and completion show it.
 *
 * @param name its word on the command line
 * @param operands what follows the options, for the usage line; may be empty, or say where the options stand
 * @param summary one sentence without its full stop
 * @param sections its options by headings; no heading where there is but one section
 * @param words what its operand may be, where that is a choice
 * @param notes what stands below the options: examples, exit codes
 */
record Command(
        String name,
        String operands,
        String summary,
        List<Section> sections,
        List<String> words,
        List<String> notes) {

    List<Option> options() {
        List<Option> options = new ArrayList<>();
        for (Section section : sections) {
            options.addAll(section.options());
        }
        return options;
    }

    /**
     * Reads the words behind its name.
     *
     * @throws UsageError for an option it does not have, and for more operands than it has a use for
     */
    ParsedOptions parse(List<CString> line) {
        ParsedOptions parsed = new OptionTable(options()).parse(line);
        int most = words.isEmpty() ? 0 : 1;
        if (parsed.operands().size() > most && !launches()) {
            throw new UsageError(
                    name + " takes " + (most == 0 ? "no" : "one") + " argument: " + parsed.operands().get(most)
                            + " is too much");
        }
        return parsed;
    }

    /** Whether what follows its options is a command line of some other program. */
    boolean launches() {
        return operands.contains("CMD");
    }

    /** {@code gatun run [OPTIONS] [--] CMD [ARG…]}. */
    String usage() {
        String option = options().size() == 1 || operands.contains("[OPTIONS]") ? "" : " [OPTIONS]";
        return "gatun " + name + option + (operands.isEmpty() ? "" : " " + operands);
    }
}
