package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import java.util.List;
import java.util.Optional;

/**
 * What is executed.
 *
 * @param program the file, by its absolute path
 * @param arguments the name it is called by first
 * @param note what was decided about the heap of a JVM
 */
public record CommandLine(CString program, List<CString> arguments, Optional<String> note) {

    public CommandLine {
        requireNonNull(program);
        arguments = List.copyOf(arguments);
        requireNonNull(note);
    }
}
