package dev.gatun.cli;

import java.util.ArrayList;
import java.util.List;

/** The completion script for zsh. */
final class ZshCompletion {

    private static final String TEMPLATE = """
            #compdef gatun
            # Completion of gatun for zsh: source <(gatun completion zsh), behind compinit; or a file _gatun in the fpath.

            # Words of $2.. with $1 behind, which the next key takes away again where it does not belong.
            _gatun_list() {
                compset -P '*,'
                compadd -q -S , -- $@
            }

            _gatun_pair() {
                if compset -P '*:'; then
                    compadd -- 0 $@
                else
                    compadd -q -S : -- $@
                fi
            }

            _gatun_assignment() {
                compset -P '*=' || compadd -q -S = -- $@
            }

            _gatun_user() {
                if compset -P '*:'; then
                    _groups
                else
                    _users
                fi
            }

            _gatun_groups() {
                compset -P '*,'
                _groups -q -S ,
            }

            _gatun_variable() {
                if compset -P '*='; then
                    _default
                else
                    _parameters -g '*export*'
                fi
            }

            _gatun_command() {
                case $words[1] in
            @OPTIONS@
                esac
            }

            _gatun() {
                if ((CURRENT == 2)); then
                    local -a commands=(
            @COMMANDS@
                    )
                    _describe -t commands command commands
                    return
                fi
                shift words
                ((CURRENT--))
                _gatun_command
            }

            if [[ $funcstack[1] == _gatun ]]; then
                _gatun "$@"
            else
                compdef _gatun gatun
            fi
            """;

    private ZshCompletion() {}

    static String script() {
        return TEMPLATE.replace("@COMMANDS@\n", commands()).replace("@OPTIONS@\n", options());
    }

    private static String commands() {
        StringBuilder lines = new StringBuilder();
        for (Command command : Commands.ALL) {
            lines.append("            ").append(quoted(command.name() + ":" + command.summary())).append('\n');
        }
        return lines.append("            --help --version\n").toString();
    }

    private static String options() {
        StringBuilder cases = new StringBuilder();
        for (Command command : Commands.ALL) {
            cases.append("        ").append(command.name()).append(")\n            _arguments -s -S");
            for (String specification : specifications(command)) {
                cases.append(" \\\n                ").append(specification);
            }
            cases.append("\n            ;;\n");
        }
        return cases.toString();
    }

    private static List<String> specifications(Command command) {
        List<String> specifications = new ArrayList<>();
        for (Option option : command.options()) {
            specifications.add(specification(option));
        }
        if (command.launches()) {
            specifications.add("'(-):command: _command_names -e'");
            specifications.add("'*::argument: _normal'");
        } else if (!command.words().isEmpty()) {
            specifications.add(quoted(":" + command.name() + ":(" + String.join(" ", command.words()) + ")"));
        }
        return specifications;
    }

    /** {@code '(-g --group)'{-g,--group}'[what it does]'}. */
    private static String specification(Option option) {
        String value = option.takesValue() ? ":" + escaped(option.valueLabel()) + ":" + action(Values.of(option)) : "";
        String description = "[" + option.description().replace("[", "\\[").replace("]", "\\]") + "]";
        String rest = quoted((option.takesValue() ? "=" : "") + description + value);
        String exclusions = option.repeatable() ? "\\*" : quoted("(" + String.join(" ", option.names()) + ")");
        return option.names().size() == 1
                ? exclusions + option.displayName() + rest
                : exclusions + "{" + String.join(",", option.names()) + "}" + rest;
    }

    private static String action(Values values) {
        return switch (values.kind()) {
            case FREE -> " ";
            case ONE -> "(" + values.joined() + ")";
            case LIST -> "{_gatun_list " + values.joined() + "}";
            case PAIR -> "{_gatun_pair " + values.joined() + "}";
            case ASSIGNMENT -> "{_gatun_assignment " + values.joined() + "}";
            case FILE -> "_files";
            case FOLDER -> "_files -/";
            case USER -> "_gatun_user";
            case GROUPS -> "_gatun_groups";
            case VARIABLE -> "_gatun_variable";
        };
    }

    private static String escaped(String label) {
        return label.replace(":", "\\:");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
