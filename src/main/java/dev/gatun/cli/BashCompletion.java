package dev.gatun.cli;

import java.util.ArrayList;
import java.util.List;

/** The completion script for bash 4 and newer, with the package bash-completion or without. */
final class BashCompletion {

    private static final String TEMPLATE = """
            # Completion of gatun for bash: source <(gatun completion bash)

            # What was typed up to the cursor, in words: readline has split them at "=" and ":" as well.
            _gatun_words() {
                local line=${COMP_LINE:0:COMP_POINT} word i
                words=() starts=() cword=-1
                for ((i = 0; i <= COMP_CWORD; i++)); do
                    word=${COMP_WORDS[i]}
                    if ((cword < 0)) || [[ $line == [[:space:]]* ]]; then
                        line=${line#"${line%%[![:space:]]*}"}
                        words[++cword]=
                        starts[cword]=$i
                    fi
                    word=${word:0:${#line}}
                    words[cword]+=$word
                    line=${line:${#word}}
                done
                cur=${words[cword]}
            }

            # Adds what begins like $2 among the lines that come in, each between $1 and $3.
            _gatun_reply() {
                local candidate
                while IFS= read -r candidate; do
                    [[ $candidate != "$2"* ]] || COMPREPLY+=("$1$candidate$3")
                done
            }

            # The words of $3.. that begin like $2, behind $1.
            _gatun_one() {
                (($# > 2)) || return
                _gatun_reply "$1" "$2" "" < <(printf '%s\\n' "${@:3}")
            }

            _gatun_list() {
                local last=${2##*,}
                _gatun_one "$1${2%"$last"}" "$last" "${@:3}"
            }

            _gatun_pair() {
                if [[ $2 == *:* ]]; then
                    _gatun_one "$1${2%%:*}:" "${2#*:}" 0 "${@:3}"
                else
                    compopt -o nospace
                    _gatun_reply "$1" "$2" : < <(printf '%s\\n' "${@:3}")
                fi
            }

            _gatun_assignment() {
                [[ $2 != *=* ]] || return
                compopt -o nospace
                _gatun_reply "$1" "$2" = < <(printf '%s\\n' "${@:3}")
            }

            _gatun_user() {
                if [[ $2 == *:* ]]; then
                    _gatun_reply "$1${2%%:*}:" "${2#*:}" "" < <(compgen -g)
                else
                    _gatun_reply "$1" "$2" "" < <(compgen -u)
                fi
            }

            _gatun_groups() {
                local last=${2##*,}
                _gatun_reply "$1${2%"$last"}" "$last" "" < <(compgen -g)
            }

            _gatun_variable() {
                [[ $2 == *=* ]] || _gatun_reply "$1" "$2" "" < <(compgen -e)
            }

            _gatun_path() { # -f or -d in $3
                compopt -o filenames
                _gatun_reply "$1" "" "" < <(compgen "$3" -- "$2")
            }

            # The value of option $1, begun as $3; $2 stands in front of it.
            _gatun_value() {
                case $1 in
            @VALUES@
                esac
            }

            # The words from number $1 on are a command line of their own.
            _gatun_command() {
                if declare -F _comp_command_offset >/dev/null; then
                    _comp_command_offset "${starts[$1]}"
                elif declare -F _command_offset >/dev/null; then
                    _command_offset "${starts[$1]}"
                elif (($1 == cword)) && [[ $cur != */* ]]; then
                    mapfile -t COMPREPLY < <(compgen -c -- "$cur")
                else
                    _gatun_path "" "$cur" -f
                fi
            }

            # Options with values in $1, all options in $2, words for the operand in $3; $4 where a command follows.
            _gatun_options() {
                local i=2 option= verb=
                while ((i < cword)); do
                    if [[ ${words[i]} == -- ]]; then
                        ((++i))
                        [[ -z $4 ]] || _gatun_command "$i"
                        return
                    elif [[ " $1 " == *" ${words[i]} "* ]]; then
                        option=${words[i]}
                        ((i += 2))
                    elif [[ ${words[i]} == -?* ]]; then
                        ((++i))
                    elif [[ -z $4$verb && " $3 " == *" ${words[i]} "* ]]; then
                        verb=${words[i]}
                        ((++i))
                    else
                        [[ -z $4 ]] || _gatun_command "$i"
                        return
                    fi
                done
                if ((i > cword)); then
                    _gatun_value "$option" "" "$cur"
                elif [[ $cur == --*=* ]]; then
                    _gatun_value "${cur%%=*}" "${cur%%=*}=" "${cur#*=}"
                elif [[ $cur == -* ]]; then
                    # shellcheck disable=SC2086 # words
                    _gatun_one "" "$cur" $2
                elif [[ -n $4 ]]; then
                    _gatun_command "$cword"
                    return
                elif [[ -z $verb ]]; then
                    # shellcheck disable=SC2086 # words
                    _gatun_one "" "$cur" $3
                fi
                _gatun_trim
            }

            # readline replaces what stands behind the last character it splits at.
            _gatun_trim() {
                local breaks=
                [[ $COMP_WORDBREAKS != *=* ]] || breaks+='='
                [[ $COMP_WORDBREAKS != *:* ]] || breaks+=':'
                if [[ -n $breaks && $cur == *["$breaks"]* ]]; then
                    local typed=${cur%"${cur##*["$breaks"]}"}
                    COMPREPLY=("${COMPREPLY[@]#"$typed"}")
                fi
            }

            _gatun() {
                local words starts cword cur
                COMPREPLY=()
                _gatun_words
                if ((cword < 2)); then
                    _gatun_one "" "$cur" @COMMANDS@
                    return
                fi
                case ${words[1]} in
            @OPTIONS@
                esac
            }

            complete -F _gatun gatun
            """;

    private BashCompletion() {}

    static String script() {
        return TEMPLATE
                .replace("@COMMANDS@", String.join(" ", Commands.names()) + " --help --version")
                .replace("@VALUES@\n", values())
                .replace("@OPTIONS@\n", options());
    }

    private static String values() {
        StringBuilder cases = new StringBuilder();
        for (Command command : Commands.ALL) {
            for (Option option : command.options()) {
                String action = option.takesValue() ? action(Values.of(option)) : "";
                if (!action.isEmpty()) {
                    String names = String.join(" | ", option.names());
                    cases.append("        ").append(names).append(") ").append(action).append(" ;;\n");
                }
            }
        }
        return cases.toString();
    }

    private static String action(Values values) {
        return switch (values.kind()) {
            case FREE -> "";
            case ONE -> "_gatun_one \"$2\" \"$3\" " + values.joined();
            case LIST -> "_gatun_list \"$2\" \"$3\" " + values.joined();
            case PAIR -> "_gatun_pair \"$2\" \"$3\" " + values.joined();
            case ASSIGNMENT -> "_gatun_assignment \"$2\" \"$3\" " + values.joined();
            case FILE -> "_gatun_path \"$2\" \"$3\" -f";
            case FOLDER -> "_gatun_path \"$2\" \"$3\" -d";
            case USER -> "_gatun_user \"$2\" \"$3\"";
            case GROUPS -> "_gatun_groups \"$2\" \"$3\"";
            case VARIABLE -> "_gatun_variable \"$2\" \"$3\"";
        };
    }

    private static String options() {
        StringBuilder cases = new StringBuilder();
        for (Command command : Commands.ALL) {
            cases.append("        ").append(command.name()).append(")\n            _gatun_options \"")
                    .append(String.join(" ", namesWithValue(command)))
                    .append("\" \\\n                \"")
                    .append(String.join(" ", longNames(command)))
                    .append("\" \\\n                \"")
                    .append(String.join(" ", command.words()))
                    .append(command.launches() ? "\" command ;;\n" : "\" \"\" ;;\n");
        }
        return cases.toString();
    }

    private static List<String> namesWithValue(Command command) {
        return command.options().stream()
                .filter(Option::takesValue)
                .flatMap(option -> option.names().stream())
                .toList();
    }

    private static List<String> longNames(Command command) {
        List<String> names = new ArrayList<>();
        for (Option option : command.options()) {
            names.add(option.displayName());
        }
        return names;
    }
}
