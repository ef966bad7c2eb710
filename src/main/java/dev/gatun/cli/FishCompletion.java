package dev.gatun.cli;

/** The completion script for fish 3 and newer. */
final class FishCompletion {

    private static final String TEMPLATE = """
            # Completion of gatun for fish: gatun completion fish | source

            # Where the command line behind `gatun run` begins: the number of its first word. It fails where there is none,
            # since the word at the cursor is an option or the value of one.
            function __gatun_command
                set -l words (commandline -opc)
                set -l count (count $words)
                set -l at 3
                contains -- "$words[2]" @LAUNCHERS@; or return 1
                while test $at -le $count
                    switch $words[$at]
                        case --
                            math $at + 1
                            return 0
                        case @WITH_VALUE@
                            set at (math $at + 2)
                        case '-?*'
                            set at (math $at + 1)
                        case '*'
                            echo $at
                            return 0
                    end
                end
                test $at -eq (math $count + 1); or return 1
                string match -q -- '-*' (commandline -ct); and return 1
                echo $at
            end

            # What fish knows of the command line that begins there.
            function __gatun_delegated
                set -l words (commandline -opc)
                set -l at (__gatun_command); or return
                set -l line
                if test $at -le (count $words)
                    set line (string escape -- $words[$at..-1])
                end
                set -a line (commandline -ct)
                complete -C "$line"
            end

            function __gatun_is
                set -l words (commandline -opc)
                test "$words[2]" = $argv[1]; and not __gatun_command >/dev/null
            end

            # The value that is being typed, as word of its own or behind an equals sign.
            function __gatun_value
                commandline -ct | string replace -r '^--[^=]*=' ''
            end

            function __gatun_list
                set -l before (__gatun_value | string match -r '^.*,')
                for word in $argv
                    echo "$before$word"
                end
            end

            function __gatun_pair
                set -l before (__gatun_value | string match -r '^[^:]*:')
                if test -n "$before"
                    printf '%s\\n' $before$argv {$before}0
                else
                    printf '%s:\\n' $argv
                end
            end

            function __gatun_group_names
                __fish_complete_groups | string replace -r '\\t.*' ''
            end

            function __gatun_user
                set -l before (__gatun_value | string match -r '^[^:]*:')
                if test -n "$before"
                    for group in (__gatun_group_names)
                        echo $before$group
                    end
                else
                    __fish_complete_users
                end
            end

            complete -c gatun -f
            complete -c gatun -n __fish_is_first_token -l help -s h -d 'Print all commands'
            complete -c gatun -n __fish_is_first_token -l version -d 'Print the version'
            complete -c gatun -n '__gatun_command >/dev/null' -x -a '(__gatun_delegated)'
            @COMPLETIONS@""";

    private FishCompletion() {}

    static String script() {
        StringBuilder lines = new StringBuilder();
        StringBuilder launchers = new StringBuilder();
        StringBuilder withValue = new StringBuilder();
        for (Command command : Commands.ALL) {
            lines.append("complete -c gatun -n __fish_is_first_token -a ").append(command.name())
                    .append(" -d ").append(quoted(command.summary())).append('\n');
            String condition = quoted("__gatun_is " + command.name());
            for (Option option : command.options()) {
                lines.append("complete -c gatun -n ").append(condition).append(names(option)).append(value(option))
                        .append(" -d ").append(quoted(option.description())).append('\n');
                if (command.launches() && option.takesValue()) {
                    option.names().forEach(name -> withValue.append(' ').append(name));
                }
            }
            if (!command.words().isEmpty()) {
                lines.append("complete -c gatun -n ").append(condition)
                        .append(" -a ").append(quoted(String.join(" ", command.words()))).append('\n');
            }
            if (command.launches()) {
                launchers.append(' ').append(command.name());
            }
        }
        return TEMPLATE.replace("@LAUNCHERS@", launchers.toString().strip())
                .replace("@WITH_VALUE@", withValue.toString().strip())
                .replace("@COMPLETIONS@", lines);
    }

    private static String names(Option option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return names.toString();
    }

    private static String value(Option option) {
        return option.takesValue() ? value(Values.of(option)) : "";
    }

    private static String value(Values values) {
        return switch (values.kind()) {
            case FREE -> " -x";
            case ONE -> " -x -a " + quoted(values.joined());
            case LIST -> " -x -a " + quoted("(__gatun_list " + values.joined() + ")");
            case PAIR -> " -x -a " + quoted("(__gatun_pair " + values.joined() + ")");
            case ASSIGNMENT -> " -x -a " + quoted("(printf '%s=\\n' " + values.joined() + ")");
            case FILE -> " -r -F";
            case FOLDER -> " -x -a '(__fish_complete_directories (__gatun_value))'";
            case USER -> " -x -a '(__gatun_user)'";
            case GROUPS -> " -x -a '(__gatun_list (__gatun_group_names))'";
            case VARIABLE -> " -x -a '(set -xn)'";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
