package dev.gatun.cli;

import dev.gatun.linux.CString;
import java.util.List;

/** {@code gatun completion bash|zsh|fish}. */
final class CompletionCommand {

    private final Console console;

    CompletionCommand(Console console) {
        this.console = console;
    }

    int execute(List<CString> words) {
        ParsedOptions parsed = Commands.COMPLETION.parse(words);
        if (parsed.has(Commands.HELP)) {
            console.print(Help.of(Commands.COMPLETION));
            return 0;
        }
        if (parsed.operands().isEmpty()) {
            throw new UsageError("completion needs a shell: bash, zsh or fish");
        }
        String shell = parsed.operands().getFirst().toString();
        console.print(
                switch (shell) {
                    case "bash" -> BashCompletion.script();
                    case "zsh" -> ZshCompletion.script();
                    case "fish" -> FishCompletion.script();
                    default ->
                        throw new UsageError("no completion for " + shell + "; there is one for bash, zsh and fish");
                });
        return 0;
    }
}
