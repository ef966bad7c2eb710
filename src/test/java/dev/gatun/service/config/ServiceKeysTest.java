package dev.gatun.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Problems;
import dev.gatun.service.config.KeyReference.Key;
import dev.gatun.service.config.KeyReference.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Derives {@code docs/service-keys.md} from the code that reads the files, and compares. To write it anew:
 * {@code mvn test -Dtest=ServiceKeysTest -Dgatun.docs.regenerate=true}.
 */
class ServiceKeysTest {

    private static final String SUB_PROCESSES = "subProcesses." + KeyReference.NAME;

    private final Map<String, KeyReference> inStatic = KeyReference.of(ServiceConfig::read);
    private final Map<String, KeyReference> inCustom = KeyReference.of(CustomConfig::read);

    @Test
    void documentIsWhatTheCodeReads() throws IOException {
        DerivedDocument.of("service-keys.md", getClass()).is(document());
    }

    @Test
    void theCustomFileHasNoKeyThatTheStaticFileHasNot() {
        assertThat(inStatic.keySet()).containsAll(inCustom.keySet());
        inCustom.forEach((path, section) -> assertThat(names(inStatic.get(path)))
                .as("section \"%s\"", path)
                .containsAll(names(section)));
    }

    private static List<String> names(KeyReference section) {
        return section.keys().stream().map(Key::name).toList();
    }

    private String document() {
        StringBuilder text = new StringBuilder(
                """
                # Keys of `launcher-static.yml` and `launcher-custom.yml`

                Derived from the code that reads the files by `ServiceKeysTest`, which fails when this page is not what it does.
                To write it anew: `mvn test -Dtest=ServiceKeysTest -Dgatun.docs.regenerate=true`. What the keys are for is told in
                [service.md](service.md); editors complete and check them with [the](schema/launcher-static.schema.json)
                [schemas](schema/launcher-custom.schema.json).

                | Type | |
                |---|---|
                | true or false | also yes, no, on, off, y, n |
                | seconds | a number, or a duration such as `500ms` or `1m30s` |
                | bytes | a number, or an amount such as `64Mi` (2^26) or `64M` (64 million) |
                | text | as it stands in the file: `1.50`, `yes` and `0x10` keep their form |
                | list of texts | a single text is a list of one; an empty item is dropped for `python`, an empty text otherwise |
                | texts by name | a null is the empty text |
                | sections by name | a mapping from names, or a list of mappings with a key `name` |

                What has to be there besides what the tables call required: `executable` for `python` and `executable`; `serviceName`
                for `java` and `executable`; `mainClass` and `classpath` for `java`.

                The last column says what becomes of a key that the operator's file has as well: it *wins*, its items are *appended*,
                it wins *by name*. Where it is empty the key is the static file's alone; in the other one it is warned about, and
                has no effect.
                """);
        for (Map.Entry<String, KeyReference> section : inStatic.entrySet()) {
            text.append("\n## ").append(section.getKey().isEmpty() ? "At the top" : "`" + section.getKey() + "`");
            text.append("\n\n");
            List<Key> keys = section.getValue().keys();
            if (section.getKey().startsWith(SUB_PROCESSES)) {
                keys = withoutThoseOfTheTop(section.getKey(), keys, text);
            }
            if (!keys.isEmpty()) {
                text.append(
                        "| Key | Type | Default | Takes | Meaning | In the custom file |\n|---|---|---|---|---|---|\n");
                keys.forEach(key -> row(text, section.getKey(), key));
            }
        }
        return text.toString();
    }

    /** A sub-process has most of the keys of the primary process, which nobody wants to read twice. */
    private List<Key> withoutThoseOfTheTop(String path, List<Key> keys, StringBuilder text) {
        String above = path.length() > SUB_PROCESSES.length() ? path.substring(SUB_PROCESSES.length() + 1) : "";
        List<Key> top = inStatic.get(above).keys();
        List<Key> own = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (Key key : keys) {
            boolean likewise = top.contains(key) && custom(path, key).equals(custom(above, key));
            if (likewise) {
                same.add("`" + key.name() + "`");
            } else {
                own.add(key);
            }
        }
        if (!same.isEmpty()) {
            text.append("As ").append(above.isEmpty() ? "at the top" : "in [`" + above + "`](#" + anchor(above) + ")");
            text.append(": ").append(String.join(", ", same)).append(".\n").append(own.isEmpty() ? "" : "\n");
        }
        return own;
    }

    private void row(StringBuilder text, String path, Key key) {
        String child = path.isEmpty() ? key.name() : path + "." + key.name();
        String section = inStatic.containsKey(child) ? child : child + "." + KeyReference.NAME;
        String name = key.shape() == Shape.SECTION
                ? "[`" + key.name() + "`](#" + anchor(section) + ")"
                : "`" + key.name() + "`";
        text.append("| ").append(name);
        for (String cell : List.of(key.type(), key.orElse(), key.takes(), key.description(), custom(path, key))) {
            text.append(" | ").append(cell.replace("|", "\\|"));
        }
        text.append(" |\n");
    }

    /** As the renderers of Markdown make the name of a heading. */
    private static String anchor(String section) {
        return section.replace(".", "").toLowerCase(Locale.ROOT);
    }

    private String custom(String path, Key key) {
        KeyReference section = inCustom.get(path);
        boolean there = section != null && names(section).contains(key.name());
        if (!there) {
            return "";
        }
        if (path.isEmpty() && (key.name().equals("configType") || key.name().equals("configVersion"))) {
            return "about that file alone";
        }
        String child = path.isEmpty() ? key.name() : path + "." + key.name();
        return switch (key.shape()) {
            case VALUE -> "wins";
            case SECTION -> "key by key";
            case TEXTS -> bothRemain(child, "[first]", "[second]") ? "appended" : "wins";
            case TEXT_MAP -> bothRemain(child, "{A: first}", "{B: second}") ? "wins by name" : "wins";
        };
    }

    /** Tries it. */
    private static boolean bothRemain(String path, String first, String second) {
        ConfigFiles files = ConfigFiles.of("s.yml", Optional.of(file(path, first)), "c.yml",
                Optional.of(file(path, second)), ConfigFiles.Purpose.SERVICE, new Problems());
        TreeSet<String> texts = new TreeSet<>();
        files.settings().forEach(setting -> texts.add(setting.value()));
        assertThat(texts).as(path).contains("second");
        return texts.contains("first");
    }

    private static byte[] file(String path, String value) {
        StringBuilder yaml = new StringBuilder();
        String indent = "";
        for (String key : path.split("\\.")) {
            yaml.append('\n').append(indent).append(key).append(": ");
            indent += "  ";
        }
        return yaml.append(value).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }
}
