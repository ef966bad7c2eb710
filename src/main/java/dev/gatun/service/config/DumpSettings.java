package dev.gatun.service.config;

import dev.gatun.config.NullItems;
import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The dump that is taken before a service is stopped for its memory.
 *
 * @param kind absent for what suits the configuration type
 * @param folder where dumps of a JVM are put, relative to the dist root
 * @param command what is run for a service that is no JVM; {@code {{PID}}} in it is the service's pid
 * @param timeout after which the service is stopped whether the dump is complete or not
 */
public record DumpSettings(Optional<DumpKind> kind, String folder, List<String> command, Duration timeout) {

    static DumpSettings read(Section section) {
        Optional<DumpKind> kind = section.choice("kind", DumpKind.class,
                "heap or jfr for a JVM, command for any program; by default heap for java, command otherwise");
        List<String> command = section.texts("command", NullItems.DROP,
                "Command that takes the dump; {{PID}} in it stands for the pid of the service");
        if (kind.isPresent() && kind.get() == DumpKind.COMMAND && command.isEmpty()) {
            section.error("command", "kind command without a command", "a list of words");
        }
        return new DumpSettings(
                kind,
                section.text("directory", "var/log", "Where dumps of a JVM are put, relative to the dist root"),
                command,
                section.seconds("timeoutSeconds", Duration.ofSeconds(60), Range.positive(),
                        "After this time the service is stopped, whether the dump is complete or not"));
    }
}
