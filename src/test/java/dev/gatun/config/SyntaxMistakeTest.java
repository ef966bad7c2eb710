package dev.gatun.config;

import static dev.gatun.config.Trees.bytes;
import static dev.gatun.config.Trees.sentences;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.YamlReader.DuplicateKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxMistakeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "none", value = {
        // Indentation
        "a:\\n\\tb: 1            | 2:1 | found a tab, expected spaces for the indentation",
        "a:\\n  b: 1\\n\\tc: 2   | 3:1 | found a tab, expected spaces for the indentation",
        "a:\\n  b: 1\\n c: 2     | 3:2 | a line at an indentation that no line above has",
        "a: 1\\n  b: 2           | 2:4 | a colon in a value, or a key at a wrong indentation",
        "a: 1\\n- b              | 2:1 | found a list item (-) among keys, expected a key",
        "- a\\nb: 1              | 2:1 | found a key among list items, expected a list item (-)",
        // Quotes
        "a: \"abc\\nb: 1\\n      | 1:4 | a quote that is never closed",
        "a: 1\\nb: 'c            | 2:4 | a quote that is never closed",
        "a: 'x\\n---\\ny'        | 1:4 | a quote that is never closed",
        "a: 'it's'               | 1:8 | found more behind the end of a value, expected a new line, or quotes around all of it",
        "a: \"C:\\d\"            | 1:8 | found a backslash before \"d\", expected \\\\ for a backslash, or single quotes",
        "a: \"\\x4\"             | 1:7 | found a \\x, \\u or \\U without its digits, expected 2, 4 or 8 hexadecimal digits",
        // Colons and dashes
        "a: b: c                 | 1:5 | a colon in a value, or a key at a wrong indentation",
        "a: 1\\nb:2              | 2:1 | found a line without a colon and a space, expected key: value",
        "a: 1\\nb\\nc: 2         | 2:1 | found a line without a colon and a space, expected key: value",
        "a: - b                  | 1:4 | found a list item (-) behind something else, expected it on a line of its own",
        "<<<<<<< HEAD\\na: 1\\n=======\\n | 2:2 | a colon in a value, or a key at a wrong indentation",
        // Brackets
        "a: [1, 2                | 1:4 | a [ that is never closed",
        "a: {b: 1                | 1:4 | a { that is never closed",
        "a: [1, 2\\nb: 3         | 2:2 | found something else, expected a comma, or the ] for the [ of line 1",
        "a: {b: 1\\nc: 2         | 2:2 | found something else, expected a comma, or the } for the { of line 1",
        "a: [1,,2]               | 1:7 | \",\" without a value before it",
        "a: [                    | 1:5 | the end of the file inside of [ ] or { }",
        "a: ]                    | 1:4 | found \"]\", expected a value",
        "a: [b]c                 | 1:7 | found more behind the end of a value, expected a new line, or quotes around all of it",
        // Characters that mean something at the beginning
        "a: %x                   | 1:4 | found a value that begins with \"%\", expected it in quotes",
        "a: @x                   | 1:4 | found a value that begins with \"@\", expected it in quotes",
        "a: & b                  | 1:4 | found a value that begins with & or *, expected it in quotes",
        "a: * b                  | 1:4 | found a value that begins with & or *, expected it in quotes",
        "a: !x!y z               | 1:4 | found a value that begins with !, expected it in quotes",
        "a: !<x                  | 1:4 | found a value that begins with !, expected it in quotes",
        "a: ? b                  | 1:4 | found a value that begins with ?, expected it in quotes",
        // Documents
        "%YAML 2.0\\n---\\na: 1  | 1:1 | found a %YAML directive of another version, expected version 1.2",
        "%YAML\\n---\\na: 1      | 1:6 | a directive (%) that is none of YAML's",
        "a: 1\\n...\\nb: 1       | 3:1 | found something else, expected the end of the file, or --- for another document",
        "...                     | 1:1 | found nothing, expected a value",
        "a: \"\\Uffffffff\"      | 1:1 | what is no YAML, here or shortly after"
    })
    void isSaidInOneSentence(String yaml, String place, String sentence) {
        String text = yaml.replace("\\n", "\n").replace("\\t", "\t");
        Problems problems = new Problems();

        assertThat(YamlReader.read("f.yml", bytes(text), DuplicateKeys.ERROR, problems)).isEmpty();

        assertThat(sentences(problems)).containsExactly("f.yml:" + place + ": " + sentence);
        assertThat(problems.hasErrors()).isTrue();
    }

    @Test
    void aBlockHasItsTextBelow() {
        Problems problems = new Problems();

        assertThat(YamlReader.read("f.yml", bytes("a: >x"), DuplicateKeys.ERROR, problems)).isEmpty();

        assertThat(sentences(problems)).containsExactly("f.yml:1:4: found a block that begins with more than | or >,"
                + " expected -, + or a digit behind it, and the text below");
    }

    @Test
    void aCharacterThatCannotBePrintedHasAPlaceBeyondTheFirstBufferToo() {
        Problems problems = new Problems();
        String yaml = "# é😀\n".repeat(1000) + "a: x\u001b[0m";

        assertThat(YamlReader.read("f.yml", bytes(yaml), DuplicateKeys.ERROR, problems)).isEmpty();

        assertThat(sentences(problems))
                .containsExactly(
                        "f.yml:1001:5: found the character U+001B, expected an escape in double quotes for it");
    }
}
