package dev.gatun.config;

import static dev.gatun.config.Trees.bytes;
import static dev.gatun.config.Trees.flow;
import static dev.gatun.config.Trees.positions;
import static dev.gatun.config.Trees.sentences;
import static dev.gatun.config.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Node.Mapping;
import dev.gatun.config.YamlReader.DuplicateKeys;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a: yes                       | {a: yes}",
        "a: 1.50                      | {a: 1.50}",
        "a: 0x10                      | {a: 0x10}",
        "a: 2020-01-01                | {a: 2020-01-01}",
        "a: 1_000                     | {a: 1_000}",
        "a: \"yes\"                   | {a: 'yes'}",
        "a: '1'                       | {a: '1'}",
        "a: !!str 1                   | {a: '1'}",
        "a: ! 1                       | {a: '1'}",
        "a: !!int '1'                 | {a: 1}",
        "a: >-\\n  one\\n  two        | {a: 'one two'}",
        "a: one\\n  two               | {a: one two}",
        "a: \"tab\\u0009é\"           | {a: 'tab\té'}",
        "a:                           | {a: ~}",
        "a: ~                         | {a: ~}",
        "a: null                      | {a: ~}",
        "a: NULL                      | {a: ~}",
        "a: nULL                      | {a: nULL}",
        "a: 'null'                    | {a: 'null'}",
        "a: !!str null                | {a: 'null'}",
        "a: ''                        | {a: ''}",
        "a: [1, [x], {y: z}]          | {a: [1, [x], {y: z}]}",
        "a:\\n- 1\\n- \\n- x: y       | {a: [1, ~, {x: y}]}",
        "{\"a\": 1, \"b\": [true]}    | {a: 1, b: [true]}",
        "? a\\n: b                    | {a: b}",
        "1: a\\ntrue: b               | {1: a, true: b}",
        "a b: c # d                   | {a b: c}",
        "url: http://x:80/#y          | {url: http://x:80/#y}",
        "%YAML 1.1\\n---\\na: 1\\n... | {a: 1}"
    })
    void reads(String yaml, String expected) {
        assertThat(flow(tree(yaml.replace("\\n", "\n")))).isEqualTo(expected.replace("\\n", "\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "---\n", "---\n...\n", "~", "null", "{}", "   ", "\uFEFF"})
    void aFileThatSaysNothingIsAnEmptyMapping(String yaml) {
        assertThat(flow(tree(yaml))).isEqualTo("{}");
        assertThat(tree(yaml).position().file()).isEqualTo("f.yml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a: &x 1\\nb: *x                                     | {a: 1, b: 1}",
        "a: &x [1, 2]\\nb: *x                                | {a: [1, 2], b: [1, 2]}",
        "a: &x 1\\nb: &x 2\\nc: *x                           | {a: 1, b: 2, c: 2}",
        "a: &x key\\n*x : b                                  | {a: key, key: b}",
        "a: &x {k: 1, l: 2}\\nb: {<<: *x, l: 3}              | {a: {k: 1, l: 2}, b: {k: 1, l: 3}}",
        "a: &x {k: 1, l: 2}\\nb: {l: 3, <<: *x}              | {a: {k: 1, l: 2}, b: {l: 3, k: 1}}",
        "a: &x {k: 1}\\nb: &y {k: 2, l: 3}\\nc: {<<: [*x, *y]} | {a: {k: 1}, b: {k: 2, l: 3}, c: {k: 1, l: 3}}",
        "a: {<<: {k: 1}, l: 2}                               | {a: {k: 1, l: 2}}",
        "a: {<<: {k: 1, <<: {k: 2, m: 3}}, l: 2}             | {a: {k: 1, m: 3, l: 2}}",
        "a: {'<<': {k: 1}}                                   | {a: {<<: {k: 1}}}",
        "a: {<<: []}                                         | {a: {}}",
        "<<: {k: ~}                                          | {k: ~}"
    })
    void followsAliasesAndMergeKeys(String yaml, String expected) {
        assertThat(flow(tree(yaml.replace("\\n", "\n")))).isEqualTo(expected);
    }

    @Test
    void everythingKnowsItsPosition() {
        Mapping root = tree(
                "# comment\na: 1\nbé: \"x\"\nlist:\n  - 1\nmap: &m\n  k: v\nagain: *m\n😀: &s y\nz: *s\nnothing:\n");

        assertThat(root.position()).hasToString("f.yml:2:1");
        assertThat(positions(root)).containsExactly(
                "a@2:1 = 1@2:4",
                "bé@3:1 = 'x'@3:5",
                "list@4:1 = [1]@5:3",
                "map@6:1 = {k: v}@6:6",
                "again@8:1 = {k: v}@6:6",
                "😀@9:1 = y@9:4",
                "z@10:1 = y@9:4",
                "nothing@11:1 = ~@11:9");
    }

    @Test
    void aBlockIsAText() {
        assertThat(flow(tree("a: |\n  1\n  two\nb: 2"))).isEqualTo("{a: '1\ntwo\n', b: 2}");
    }

    @Test
    void whatIsMergedStaysWhereItIsWritten() {
        Mapping b = (Mapping) tree("a: &x\n  k: 1\nb:\n  <<: *x\n  l: 2\n").get("b").orElseThrow();

        assertThat(positions(b)).containsExactly("k@2:3 = 1@2:6", "l@5:3 = 2@5:6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: 1\r\nb:\r\n  c: 2\r\n", "a: 1\rb:\r  c: 2\r"})
    void takesAllLineEnds(String yaml) {
        assertThat(positions(tree(yaml))).containsExactly("a@1:1 = 1@1:4", "b@2:1 = {c: 2}@3:3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
    void takesByteOrderMarks(String charset) {
        Problems problems = new Problems();
        byte[] content = "\uFEFFa: é".getBytes(Charset.forName(charset));

        Optional<Mapping> root = YamlReader.read("f.yml", content, DuplicateKeys.ERROR, problems);

        assertThat(positions(root.orElseThrow())).containsExactly("a@1:1 = é@1:4");
        assertThat(problems.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a: 1\\nb: 2\\na: 3    | f.yml:3:1: a: the same key as in line 1                      | {a: 1, b: 2}",
        "x: {a: 1, a: 2}       | f.yml:1:11: x.a: the same key as in line 1                   | {x: {a: 1}}",
        "x: [{y: {a: , a: 2}}] | f.yml:1:15: x[0].y.a: the same key as in line 1              | {x: [{y: {a: ~}}]}",
        "a: {<<: {}, <<: {}}   | f.yml:1:13: a.<<: the same key as in line 1                  | {a: {}}",
        "a: 1\\n'a': 2         | f.yml:2:1: a: the same key as in line 1                      | {a: 1}",
    })
    void aKeyThatOccursTwiceIsAnError(String yaml, String sentence, String expected) {
        Problems problems = new Problems();

        Optional<Mapping> root =
                YamlReader.read("f.yml", bytes(yaml.replace("\\n", "\n")), DuplicateKeys.ERROR, problems);

        assertThat(sentences(problems)).containsExactly(sentence);
        assertThat(problems.hasErrors()).isTrue();
        assertThat(flow(root.orElseThrow())).isEqualTo(expected);
    }

    @Test
    void orTheLastOfThemWinsWithAWarning() {
        Problems problems = new Problems();

        Optional<Mapping> root = YamlReader.read("f.yml", bytes("a: 1\nb: 2\na: 3\nx: {<<: {k: 1}, <<: {l: 2}}"),
                DuplicateKeys.LAST_WINS_WITH_WARNING, problems);

        assertThat(flow(root.orElseThrow())).isEqualTo("{a: 3, b: 2, x: {k: 1, l: 2}}");
        assertThat(sentences(problems)).containsExactly(
                "f.yml:3:1: a: the same key as in line 1; this one counts",
                "f.yml:4:17: x.<<: the same key as in line 4; this one counts");
        assertThat(problems.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "- a                        | f.yml:1:1: found a list, expected keys with values (key: value)",
        "a                          | f.yml:1:1: found \"a\", expected keys with values (key: value)",
        "a:1\\nb:2                  | f.yml:1:1: found \"a:1 b:2\", expected keys with values (key: value)",
        "[a]: 1                     | f.yml:1:1: found a list as a key, expected a text, in quotes if it begins with { or [",
        "a: {{CWD}}                 | f.yml:1:5: a: found a mapping as a key, expected a text, in quotes if it begins with { or [",
        "a: *x                      | f.yml:1:4: a: found *x without an &x before it, expected a text that begins with * in quotes",
        "a: &x {b: [*x]}            | f.yml:1:12: a.b[0]: *x inside of what it stands for",
        "a: {<<: 1}                 | f.yml:1:5: a.<<: found \"1\", expected a mapping to merge, or a list of them",
        "a: {<<: [{}, [b]]}         | f.yml:1:5: a.<<: found a list, expected a mapping to merge, or a list of them",
        "a: {<<: ~}                 | f.yml:1:5: a.<<: found nothing, expected a mapping to merge, or a list of them",
        "a: [b, \"c\\0d\"]            | f.yml:1:8: a: found a text with a NUL character, expected one without: to programs, variables and file names it is the end",
        "a: !!binary aGk=           | f.yml:1:4: a: found a value with the tag !!binary, expected a text as it is"
    })
    void refuses(String yaml, String sentence) {
        Problems problems = new Problems();

        YamlReader.read("f.yml", bytes(yaml.replace("\\n", "\n")), DuplicateKeys.ERROR, problems);

        assertThat(sentences(problems)).containsExactly(sentence);
        assertThat(problems.hasErrors()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a: !!python/object:os.system x | {a: x} | f.yml:1:4: a: the tag !!python/object:os.system, which is ignored",
        "a: !mine {b: 1}                | {a: {b: 1}} | f.yml:1:4: a: the tag !mine, which is ignored",
        "a: !!set {b}                   | {a: {b: ~}} | f.yml:1:4: a: the tag !!set, which is ignored",
        "a: [!<tag:x,2000:y> b]         | {a: [b]} | f.yml:1:5: a[0]: the tag tag:x,2000:y, which is ignored",
        "a: 1\\n---\\nb: [              | {a: 1} | f.yml:2:1: a second document, which is not read"
    })
    void warnsOfWhatIsIgnored(String yaml, String expected, String sentence) {
        Problems problems = new Problems();

        Optional<Mapping> root =
                YamlReader.read("f.yml", bytes(yaml.replace("\\n", "\n")), DuplicateKeys.ERROR, problems);

        assertThat(flow(root.orElseThrow())).isEqualTo(expected);
        assertThat(sentences(problems)).containsExactly(sentence);
        assertThat(problems.hasErrors()).isFalse();
    }

    @Test
    void whatIsNotUtf8HasAPlace() {
        Problems problems = new Problems();

        assertThat(YamlReader.read("f.yml", "a: é\nb: x\u00ff".getBytes(StandardCharsets.ISO_8859_1),
                DuplicateKeys.ERROR, problems)).isEmpty();

        assertThat(sentences(problems))
                .containsExactly("f.yml:1:4: found a byte that is not UTF-8 (0xe9), expected a file in UTF-8");
    }

    @Test
    void aFileThatEndsInsideACharacterIsNotUtf8() {
        Problems problems = new Problems();

        assertThat(YamlReader.read("f.yml", new byte[]{'a', ':', ' ', (byte) 0xc3}, DuplicateKeys.ERROR, problems))
                .isEmpty();

        assertThat(sentences(problems))
                .containsExactly("f.yml:1:4: found a byte that is not UTF-8 (0xc3), expected a file in UTF-8");
    }

    @Test
    void aLargeFileIsRefusedUnread() {
        Problems problems = new Problems();

        assertThat(YamlReader.read("f.yml", new byte[10 << 20], DuplicateKeys.ERROR, problems)).isEmpty();

        assertThat(sentences(problems))
                .containsExactly("f.yml:1:1: found a file of 10485760 bytes, expected at most 1048576 (1 MiB)");
    }

    @Test
    void aFileOfTheGreatestSizeIsRead() {
        String yaml = "a: 1\n" + "#".repeat((1 << 20) - 6) + "\n";

        assertThat(flow(tree(yaml))).isEqualTo("{a: 1}");
    }
}
