package dev.gatun.run.it;

import dev.gatun.it.Gatun;
import dev.gatun.it.Python;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The state of the process that calls Gatun, down to the byte: what {@code launch.py} is told. */
final class Caller {

    private final List<String> members = new ArrayList<>();

    /** Entries {@code NAME=value} and no others. */
    Caller environment(List<byte[]> entries) {
        return member("env", hex(entries));
    }

    Caller ignores(int... signals) {
        return member("ignore", numbers(signals));
    }

    Caller blocks(int... signals) {
        return member("block", numbers(signals));
    }

    Caller closes(int... descriptors) {
        return member("close", numbers(descriptors));
    }

    /** A descriptor to read a file from. */
    Caller opens(int descriptor, Object file) {
        return member("open", "{\"" + descriptor + "\": \"" + file + "\"}");
    }

    Caller listensAt(int descriptor) {
        return member("socket", Integer.toString(descriptor));
    }

    /** A run that is called from this state. */
    Gatun calls(Gatun run) {
        return calls(run, run.words().stream().map(Caller::bytes).toList());
    }

    /** The same with a command line of bytes. */
    Gatun calls(Gatun run, List<byte[]> words) {
        member("argv", hex(words));
        return run.startedBy(List.of(Python.script("launch.py", "{" + String.join(", ", members) + "}")));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Caller member(String name, String value) {
        members.add("\"" + name + "\": " + value);
        return this;
    }

    private static String numbers(int... numbers) {
        return Arrays.toString(numbers);
    }

    private static String hex(List<byte[]> texts) {
        return "[" + String.join(", ", texts.stream().map(text -> '"' + HexFormat.of().formatHex(text) + '"').toList())
                + "]";
    }
}
