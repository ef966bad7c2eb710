package dev.gatun.cli;

import dev.gatun.cli.RunOptionTable.Section;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The texts of {@code --help}: our tables, laid out by picocli. Nothing but a request for help loads this class. */
final class Help {

    private static final int OVERVIEW_COLUMNS = 80;
    private static final int COMMAND_COLUMNS = 100;

    /** Where the descriptions begin at the latest; a longer option has a line to itself. */
    private static final int OPTION_COLUMNS = 34;

    private Help() {}

    static String forRun() {
        return of(Commands.RUN);
    }

    /** What the program is and which commands it has. */
    static String overview() {
        CommandSpec gatun = CommandSpec.create().name("gatun");
        UsageMessageSpec usage = gatun.usageMessage();
        usage.width(OVERVIEW_COLUMNS)
                .customSynopsis("gatun COMMAND [OPTIONS] [ARG…]")
                .description("Launches Linux processes and stays with them until the last one is gone.")
                .commandListHeading("%nCommands:%n")
                .footerHeading("%n")
                .footer(
                        "Examples:",
                        "  gatun run -- ./server --port 8080    launch it, forward signals, reap",
                        "  gatun run --help                     its options, with what they do",
                        "  gatun doctor                         what this machine gives Gatun",
                        "",
                        "`gatun --version` prints the version, `gatun help COMMAND` a command's options.");
        for (Command command : Commands.ALL) {
            CommandSpec spec = CommandSpec.create().name(command.name());
            spec.usageMessage().description(literal(command.summary()));
            gatun.addSubcommand(command.name(), spec);
        }
        return render(gatun);
    }

    /** One command with its options. */
    static String of(Command command) {
        CommandSpec spec = CommandSpec.create().name("gatun " + command.name());
        spec.usageMessage()
                .width(COMMAND_COLUMNS)
                .longOptionsMaxWidth(OPTION_COLUMNS - 6)
                .customSynopsis(literal(command.usage()))
                .description(literal(command.summary()) + ".")
                .footerHeading(command.notes().isEmpty() ? "" : "%n")
                .footer(literal(command.notes()));
        int order = 0;
        for (Section section : command.sections()) {
            spec.addArgGroup(group(section, order++));
        }
        return render(spec);
    }

    private static ArgGroupSpec group(Section section, int sectionOrder) {
        String heading = section.heading().isEmpty() ? "" : literal(section.heading()) + ":%n";
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().heading("%n" + heading).validate(false).order(sectionOrder);
        int order = 0;
        for (Option option : section.options()) {
            OptionSpec.Builder spec = OptionSpec.builder(option.names().toArray(String[]::new))
                    .description(option.description())
                    .order(order++);
            spec = option.takesValue()
                    ? spec.type(String.class).arity("1").paramLabel(option.valueLabel())
                    : spec.type(boolean.class).arity("0");
            group.addArg(spec.build());
        }
        return group.build();
    }

    /** Picocli reads its texts as formats, but for descriptions of options. */
    private static String literal(String text) {
        return text.replace("%", "%%");
    }

    private static String[] literal(List<String> lines) {
        return lines.stream().map(Help::literal).toArray(String[]::new);
    }

    private static String render(CommandSpec spec) {
        spec.usageMessage().sortOptions(false).sortSynopsis(false);
        spec.parser().separator(" ");
        spec.interpolateVariables(false);
        return new picocli.CommandLine(spec).getUsageMessage(Ansi.OFF);
    }
}
