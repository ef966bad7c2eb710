package dev.gatun.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A shell of this machine that is asked what it would complete. */
enum Shell {
    /** Typed into a real bash at a pseudo-terminal: {@code gatun} is a function that tells the last word it got. */
    BASH {
        @Override
        void ask(Path folder, String script, List<String> lines) {
            write(folder.resolve("setup.bash"), script + """
                    gatun() { printf '%s\n' "${@: -1}" >"$ANSWERS/$((asked++))"; }
                    asked=0 PS1=
                    bind 'set bell-style none'
                    bind 'set enable-bracketed-paste off'
                    """);
            write(folder.resolve("typed"), String.join("\t\n", lines) + "\t\n exit\n");
            run(folder, "script", "-qec", "bash --noprofile --rcfile setup.bash -i", "/dev/null");
        }
    },

    /** Each match that is given to the completion system, in a real zsh at a pseudo-terminal of zsh's own making. */
    ZSH {
        @Override
        void ask(Path folder, String script, List<String> lines) {
            write(folder.resolve("completion.zsh"), script);
            write(folder.resolve("lines"), String.join("\n", lines));
            write(folder.resolve("ask.zsh"), """
                    zmodload zsh/zpty
                    zpty shell zsh -f -i
                    zpty -w shell 'PS1=; autoload -Uz compinit; compinit -u -D; source completion.zsh'
                    zpty -w shell '
                    compadd() {
                        if [[ " $* " == *" -"[OAD]" "* ]]; then builtin compadd "$@"; return; fi
                        local -a matches; builtin compadd -A matches "$@"
                        print -rl -- $matches >>answer
                        builtin compadd "$@"
                    }
                    asked=0
                    ask() { : >answer; zle complete-word; mv answer $ANSWERS/$((asked++)); zle kill-whole-line }
                    zle -N ask; bindkey "^I" ask
                    zstyle ":completion:*" insert-tab false'
                    n=0
                    for line in ${(f)"$(<lines)"}; do
                        zpty -n -w shell "$line"$'\t'
                        repeat 3000; do [[ -e $ANSWERS/$n ]] && break; sleep 0.01; done
                        ((++n))
                    done
                    zpty -d shell
                    """);
            run(folder, "zsh", "-f", "ask.zsh");
        }
    },

    /** fish can be asked. */
    FISH {
        @Override
        void ask(Path folder, String script, List<String> lines) {
            write(folder.resolve("completion.fish"), script);
            write(folder.resolve("lines"), String.join("\n", lines) + "\n");
            run(folder, "fish", "-c", """
                    source completion.fish
                    set asked 0
                    while read -l line
                        complete -C "$line" | string replace -r '\\t.*' '' >$ANSWERS/$asked
                        set asked (math $asked + 1)
                    end <lines
                    """);
        }
    };

    /** Leaves a file for each line in the folder's folder {@code answers}, named by the line's number from 0. */
    abstract void ask(Path folder, String script, List<String> lines);

    /**
     * What it makes of command lines when the tabulator key is pressed at their ends.
     *
     * @param folder for files, and to be in
     * @param script the completion script
     * @return the candidates for each; bash has one or none, which is the last word of the line afterwards
     */
    List<List<String>> complete(Path folder, String script, List<String> lines) {
        try {
            Path answers = Files.createDirectory(folder.resolve("answers"));
            ask(folder, script, lines);
            List<List<String>> candidates = new ArrayList<>();
            for (int line = 0; line < lines.size(); line++) {
                Path answer = answers.resolve(Integer.toString(line));
                assertThat(answer).as(lines.get(line) + "\n" + Files.readString(folder.resolve("output"), ISO_8859_1))
                        .exists();
                candidates.add(Files.readAllLines(answer));
            }
            return candidates;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    boolean isInstalled() {
        return isProgram(program()) && (this != BASH || isProgram("script"));
    }

    String program() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean isProgram(String name) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(place -> Files.isExecutable(Path.of(place, name)));
    }

    private static Path write(Path file, String content) {
        try {
            return Files.writeString(file, content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void run(Path folder, String... command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().put("ANSWERS", folder.resolve("answers").toString());
            builder.environment().put("HOME", folder.toString());
            Path typed = folder.resolve("typed");
            builder.redirectInput(Files.exists(typed) ? typed.toFile() : new File("/dev/null"));
            builder.redirectOutput(folder.resolve("output").toFile());
            Process process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }
}
