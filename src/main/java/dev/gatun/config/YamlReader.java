package dev.gatun.config;

import static java.util.Objects.requireNonNull;

import dev.gatun.config.Problem.Severity;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML 1.2, with the merge keys of 1.1, into nodes.
 *
 * <p>The start of a service waits for this, which is why it is SnakeYAML Engine and not something that binds values:
 * with an AOT cache a file of 60 lines takes 4 to 7 ms and about 1 MB, where Jackson's tree takes 65 ms and 8.5 MB and
 * knows no merge keys. And it is that library's events rather than its composed nodes: 2 ms less again, no recursion that
 * a file could make as deep as it likes, and every node can be counted before it is made.
 */
public final class YamlReader {

    /** What a key that occurs twice in a mapping is. */
    public enum DuplicateKeys {
        ERROR,
        LAST_WINS_WITH_WARNING
    }

    /** A larger file is refused: no configuration is that long, and its nodes would not fit into a small heap. */
    public static final long MAX_BYTES = 1 << 20;

    private YamlReader() {}

    /**
     * Reads the first document of a file. A file that is empty or has only comments is an empty mapping.
     *
     * @param fileName as it is named to people
     * @param content in UTF-8, or in UTF-16 with a byte order mark
     * @param problems for what is wrong; nothing is thrown for what a file contains
     * @return empty if there are errors that leave nothing to be read. What is returned may come with errors too.
     */
    public static Optional<Node.Mapping> read(
            String fileName, byte[] content, DuplicateKeys duplicates, Problems problems) {
        requireNonNull(duplicates);
        requireNonNull(problems);
        if (content.length > MAX_BYTES) {
            problems.add(tooLarge(fileName, content.length));
            return Optional.empty();
        }
        String text = FileText.decode(fileName, content, problems);
        return text == null ? Optional.empty() : parse(fileName, text, duplicates, problems);
    }

    /** For those who see the size of a file before they read it. */
    public static Problem tooLarge(String fileName, long bytes) {
        return new Problem(Severity.ERROR, new Position(fileName, 1, 1), "", "a file of " + bytes + " bytes",
                "at most " + MAX_BYTES + " (1 MiB)", "");
    }

    private static Optional<Node.Mapping> parse(
            String fileName, String text, DuplicateKeys duplicates, Problems problems) {
        LoadSettings settings = LoadSettings.builder().build();
        Iterator<Event> events = new Parse(settings).parseString(text).iterator();
        TreeComposer composer = new TreeComposer(fileName, events, duplicates, problems);
        try {
            return composer.compose();
        } catch (RefusedFile refused) {
            problems.add(refused.problem());
        } catch (YamlEngineException invalid) {
            problems.add(SyntaxMistake.of(invalid, fileName, text, composer.position()));
        } catch (RuntimeException bug) {
            // The library has its own, for instance with "\UFFFFFFFF"; what it read is a mistake all the same.
            problems.error(composer.position(), "", "what is no YAML, here or shortly after", "");
        }
        return Optional.empty();
    }
}
