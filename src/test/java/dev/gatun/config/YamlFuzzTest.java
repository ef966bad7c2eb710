package dev.gatun.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Node.Mapping;
import dev.gatun.config.YamlReader.DuplicateKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are: there is a tree or a problem, and a problem has a place in the file and one line. */
class YamlFuzzTest {

    private static final String VALID = """
            # A service
            configType: python
            configVersion: 1
            executable: "service/bin/app.pex"
            args: [--port, '80', {a: b}]
            env: &env
              A: 1
              B: ~
            memory: {mode: fixed, fixedLimitBytes: 0x10}
            text: |+
              one

               two
            folded: >-
              three
              four
            subProcesses:
              - name: web
                env:
                  <<: *env
                  C: !!str true
              - ? name
                : "\\u00e9\\n"
            ---
            second: 2
            """;

    private static final MergeRules RULES = MergeRules.none()
            .deep("*", "*.*").append("args", "*.*.args").texts("env", "*.*.env");

    private static final List<String> PIECES = List.of(
            "a", "b", ":", ": ", "\n", "\n  ", "\n    ", "- ", "-", "? ", "[", "]", "{", "}", ",", "'", "\"", "|", ">",
            "#",
            " #", "&a ", "*a", "!", "!!str ", "<<: ", "%", "%YAML 1.2\n", "---", "...", "\n---\n", "\n...\n", "\t",
            "\\",
            "~", "null", "@", "`", "\r", "\u0000", "\u0085", "\u2028", "\uFEFF", "é", "😀", "0", "\\x", "\\u12",
            "\"\\");

    @Property(tries = 3000)
    void bytes(@ForAll byte[] content) {
        check(content);
    }

    @Property(tries = 5000)
    void piecesOfYaml(@ForAll("yaml") String text) {
        check(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 1500)
    void aValidFileWithMistakes(@ForAll("mistakes") List<Integer> mistakes) {
        byte[] content = VALID.getBytes(StandardCharsets.UTF_8);
        for (int mistake : mistakes) {
            content = mutated(content, new Random(mistake));
        }
        check(content);
    }

    @Provide
    Arbitrary<String> yaml() {
        return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<Integer>> mistakes() {
        return Arbitraries.integers().list().ofMinSize(1).ofMaxSize(6);
    }

    private static byte[] mutated(byte[] content, Random random) {
        if (content.length == 0) {
            return content;
        }
        int at = random.nextInt(content.length);
        byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(content, at);
            case 1 -> join(content, at, new byte[0], Math.min(content.length, at + 1 + random.nextInt(10)));
            case 2 -> join(content, at, piece, at);
            case 3 -> join(content, at, piece, at + 1);
            default -> join(content, at, new byte[]{(byte) random.nextInt()}, at + 1);
        };
    }

    private static byte[] join(byte[] content, int head, byte[] middle, int tail) {
        byte[] joined = Arrays.copyOf(content, head + middle.length + content.length - tail);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(content, tail, joined, head + middle.length, content.length - tail);
        return joined;
    }

    private static void check(byte[] content) {
        for (DuplicateKeys duplicates : DuplicateKeys.values()) {
            Problems problems = new Problems();
            Optional<Mapping> root = YamlReader.read("f.yml", content, duplicates, problems);
            assertThat(root.isPresent() || problems.hasErrors()).isTrue();
            for (Problem problem : problems.list()) {
                assertThat(problem.position().line()).isBetween(1, content.length + 1);
                assertThat(problem.position().column()).isBetween(1, content.length + 1);
                assertThat(problem.describe()).doesNotContain("\n", "\t", "\r", "\u0000", "Exception",
                        "while scanning");
            }
            root.ifPresent(YamlFuzzTest::walk);
            root.ifPresent(YamlFuzzTest::read);
        }
    }

    /** By a reader that asks every key for everything, and every section for the same again. */
    private static void read(Mapping root) {
        Problems problems = new Problems();
        List<Setting> settings = new ArrayList<>();
        YamlSection.read(NodeMerge.merge(root, root, RULES), section -> ask(section, 3), problems, settings);
        assertThat(settings).doesNotContainNull();
        for (Problem problem : problems.list()) {
            assertThat(problem.describe()).doesNotContain("\n", "\r", "\u0000", "\u001b");
        }
    }

    private static String ask(Section section, int depth) {
        for (String key : List.of("configType", "configVersion", "executable", "args", "env", "memory", "text", "a",
                "A",
                "subProcesses", "name", "")) {
            section.flag(key, false, "");
            section.integer(key, 1, Range.port(), "");
            section.bytes(key, 1L, Range.ANY, "");
            section.decimal(key, 1, Range.percent(), "");
            section.seconds(key, Duration.ZERO, Range.ANY, "");
            section.text(key, "", "");
            section.choice(key, Size.SMALL, "");
            section.texts(key, NullItems.DROP, "");
            section.textMap(key, "");
            section.require(key);
            if (depth > 0) {
                section.section(key, "", inner -> ask(inner, 0));
                section.optionalSection(key, "", inner -> ask(inner, 0));
                section.sections(key, "", inner -> ask(inner, depth - 2));
                section.sectionList(key, "", inner -> ask(inner, depth - 2));
            }
        }
        return "";
    }

    /** Nothing in a tree is missing, and it has an end. */
    private static void walk(Node node) {
        assertThat(node.position().line()).isPositive();
        switch (node.kind()) {
            case SCALAR -> assertThat(((Node.Scalar) node).text()).isNotNull();
            case SEQUENCE -> ((Node.Sequence) node).items().forEach(YamlFuzzTest::walk);
            case MAPPING -> ((Mapping) node).entries().forEach(entry -> walk(entry.value()));
        }
    }
}
