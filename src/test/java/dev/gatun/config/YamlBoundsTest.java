package dev.gatun.config;

import static dev.gatun.config.Trees.bytes;
import static dev.gatun.config.Trees.sentences;
import static dev.gatun.config.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Node.Sequence;
import dev.gatun.config.YamlReader.DuplicateKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlBoundsTest {

    @Test
    void aBombOfAliasesIsRefused() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String alias = "*a" + (i - 1);
            yaml.append("a").append(i).append(": &a").append(i).append(" [").append((alias + ", ").repeat(9))
                    .append(alias).append("]\n");
        }

        assertThat(mistake(yaml.toString())).isEqualTo(
                "f.yml:5:10: a4[0]: found more than 20000 values, aliases (*name) written out, expected a small file");
    }

    @Test
    void aBombOfMergeKeysIsRefused() {
        StringBuilder yaml = new StringBuilder("m: &m {");
        for (int i = 0; i < 1000; i++) {
            yaml.append("k").append(i).append(": 1, ");
        }
        yaml.append("}\n");
        for (int i = 0; i < 100; i++) {
            yaml.append("n").append(i).append(": {<<: *m}\n");
        }

        assertThat(mistake(yaml.toString())).startsWith("f.yml:10:10: n8.<<: found more than 20000 values");
    }

    @Test
    void aLadderOfAliasesIsNoDeeperThanAWrittenOne() {
        StringBuilder yaml = new StringBuilder("a0: &a0 x\n");
        for (int i = 1; i < 100; i++) {
            yaml.append("a").append(i).append(": &a").append(i).append(" [*a").append(i - 1).append("]\n");
        }

        assertThat(mistake(yaml.toString()))
                .isEqualTo("f.yml:64:12: found more than 64 levels of lists and mappings, expected a flat file");
    }

    @Test
    void aliasesAreCounted() {
        String thousand = "a: &a x\nb: [" + "*a, ".repeat(1000) + "]\n";

        assertThat(((Sequence) tree(thousand).get("b").orElseThrow()).items()).hasSize(1000);
        assertThat(mistake(thousand + "c: *a\n"))
                .isEqualTo("f.yml:3:4: c: found more than 1000 aliases (*name), expected a plain file");
    }

    @Test
    void valuesAreCounted() {
        String most = "a: [" + "x, ".repeat(Bounds.MAX_NODES - 3) + "]\n"; // beside the root, the key, and the list

        assertThat(((Sequence) tree(most).get("a").orElseThrow()).items()).hasSize(Bounds.MAX_NODES - 3);
        assertThat(mistake(most + "b: 1\n")).startsWith("f.yml:2:1: found more than 20000 values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "- ", "? ", "{a: ", "[a: ", "- ? "})
    void levelsAreCounted(String begin) {
        assertThat(mistake(begin.repeat((1 << 20) / begin.length())))
                .endsWith(": found more than 64 levels of lists and mappings, expected a flat file");
    }

    @Test
    void sixtyFourLevelsAreFine() {
        tree("a: " + "[".repeat(62) + "x" + "]".repeat(62));
        assertThat(mistake("a: " + "[".repeat(63) + "x" + "]".repeat(63))).contains("more than 64 levels");
    }

    /** What only a scanner has to do with: no nodes that could be counted. */
    @ParameterizedTest
    @ValueSource(strings = {
        "#", "'", "\"", "!", "a ", ": ", ":", "a: ", "&a ", "*a ", "%A b\n", "%TAG !a! tag:b\n", "\n", " ", "\t", "\r",
        ",", "---\n", "...\n", "a\n ", "a: >\n", "\uFEFF", "é", "😀", "? ", "|", "]", "}", "`", "\\", "a: |\n x\n",
        "!<%41"
    })
    void aLotOfAnythingComesToAnEnd(String unit) {
        int bytes = bytes(unit).length;

        YamlReader.read("f.yml", bytes(unit.repeat((1 << 18) / bytes)), DuplicateKeys.ERROR, new Problems());
    }

    private static String mistake(String yaml) {
        Problems problems = new Problems();
        assertThat(YamlReader.read("f.yml", bytes(yaml), DuplicateKeys.ERROR, problems)).isEmpty();
        assertThat(sentences(problems)).hasSize(1);
        return sentences(problems).get(0);
    }
}
