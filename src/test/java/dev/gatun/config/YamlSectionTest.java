package dev.gatun.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlSectionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "k: [a, yes, 1.50, '']   | [a, yes, 1.50, ]  | [a, yes, 1.50, ]",
        "k: [a, ~, b, null]      | [a, b]            | [a, , b, ]",
        "k:\\n- a\\n-\\n         | [a]               | [a, ]",
        "k: []                   | []                | []",
        "k: ~                    | []                | []",
        "other: 1                | []                | []",
        "k: alone                | [alone]           | [alone]",
        "k: 8080                 | [8080]            | [8080]"
    })
    void readsTexts(String yaml, String dropped, String kept) {
        assertThat(texts(yaml.replace("\\n", "\n"), NullItems.DROP)).hasToString(dropped);
        assertThat(texts(yaml.replace("\\n", "\n"), NullItems.EMPTY_TEXT)).hasToString(kept);
    }

    private static List<String> texts(String yaml, NullItems nulls) {
        return Reading.value(yaml, file -> {
            file.text("other", "");
            return file.texts("k", nulls, "");
        });
    }

    @Test
    void readsTextMapsInTheirOrder() {
        Map<String, String> texts =
                Reading.value("k: {b: 1.50, a: , c: 'no', a.b: yes}", file -> file.textMap("k", ""));

        assertThat(texts).containsExactly(entry("b", "1.50"), entry("a", ""), entry("c", "no"), entry("a.b", "yes"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "list: {a: b}       | f.yml:1:1: list: found a mapping, expected a list of texts",
        "list: [a, [b]]     | f.yml:1:11: list[1]: found a list, expected a text",
        "map: [a=b]         | f.yml:1:1: map: found a list, expected a mapping (name: text)",
        "map: text          | f.yml:1:1: map: found \"text\", expected a mapping (name: text)",
        "map: {a: [b]}      | f.yml:1:7: map.a: found a list, expected a text",
        "map: {a: {b: c}}   | f.yml:1:7: map.a: found a mapping, expected a text",
        "one: 5             | f.yml:1:1: one: found 5, expected a mapping (key: value)",
        "one: [a]           | f.yml:1:1: one: found a list, expected a mapping (key: value)",
        "maybe: text        | f.yml:1:1: maybe: found \"text\", expected a mapping (key: value)",
        "named: web         | f.yml:1:1: named: found \"web\", expected a mapping (name: mapping), or a list of mappings",
        "named: {a: b}      | f.yml:1:9: named.a: found \"b\", expected a mapping (key: value)",
        "named: [a]         | f.yml:1:9: named.named-1: found \"a\", expected a mapping (key: value)",
        "named: [{name: a, x: 1}, {name: a, x: 2}] | f.yml:1:27: named.a: found a second one of this name, expected another name",
        "named: [{name: [a], x: 1}] | f.yml:1:10: named.named-1.name: found a list, expected a text",
        "named: [{x: }]     | f.yml:1:10: named.named-1.x: required, but missing",
        "named: {a: }       | f.yml:1:9: named.a.x: required, but missing",
        "list2: {a: b}      | f.yml:1:1: list2: found a mapping, expected a list of mappings",
        "list2: [a]         | f.yml:1:9: list2[0]: found \"a\", expected a mapping (key: value)",
        "list2: [{x: 1}, 5]    | f.yml:1:17: list2[1]: found 5, expected a mapping (key: value)",
        "list2: [{x: 1}, {}]   | f.yml:1:17: list2[1].x: required, but missing"
    })
    void refuses(String yaml, String sentence) {
        Reading<String> reading = Reading.of(yaml, YamlSectionTest::everything);

        assertThat(reading.problems()).containsExactly(sentence);
        assertThat(reading.hasErrors()).isTrue();
    }

    private static String everything(Section file) {
        return file.texts("list", NullItems.DROP, "") + " " + file.textMap("map", "") + " "
                + file.section("one", "", one -> one.text("x", "", ""))
                + file.optionalSection("maybe", "", YamlSectionTest::withX)
                + file.sections("named", "", YamlSectionTest::withX)
                + file.sectionList("list2", "", YamlSectionTest::withX);
    }

    private static String withX(Section section) {
        section.require("x");
        return section.path() + "=" + section.text("x", "", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "named: [{name: web, x: 1}, {x: 2}, {name: , x: 3}, {name: 4, x: 4}] |"
                + " {web=named.web=1, named-2=named.named-2=2, named-3=named.named-3=3, 4=named.4=4}",
        "named: {web: {x: 1}, a.b: {x: 2}} | {web=named.web=1, a.b=named.a.b=2}",
        "named: []                         | {}",
        "named: {}                         | {}",
        "named:                            | {}",
        "{}                                | {}"
    })
    void readsSectionsByName(String yaml, String expected) {
        assertThat(Reading.shown(yaml, file -> file.sections("named", "", YamlSectionTest::withX)))
                .hasToString(expected);
    }

    @Test
    void readsListsOfSections() {
        assertThat(Reading.shown("l: [{x: 1}, {x: 2}]", file -> file.sectionList("l", "", YamlSectionTest::withX)))
                .isEqualTo("[l[0]=1, l[1]=2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "one:", "one: {}", "one: {x: }"})
    void aSectionThatIsAbsentHasItsDefaults(String yaml) {
        assertThat(Reading.shown(yaml, file -> file.section("one", "", one -> one.text("x", "default", ""))))
                .isEqualTo("default");
    }

    @ParameterizedTest
    @CsvSource({"{}, false", "one:, false", "one: {}, true", "one: {x: a}, true"})
    void anOptionalSectionIsThereIfItHasAValue(String yaml, boolean expected) {
        Optional<String> section =
                Reading.value(yaml, file -> file.optionalSection("one", "", one -> one.text("x", "", "")));

        assertThat(section.isPresent()).isEqualTo(expected);
    }

    @Test
    void theTenMostCommonMistakes() {
        String yaml = """
                configVersoin: 1
                executable: [app.pex]
                args: {port: 80}
                watchdog:
                    enabled: "yes"
                    softLimitPercent: abc
                    hardLimitPercent: 950
                    grace: soon
                  # a comment
                readiness:
                  httpPort: "8081"
                  sotLimitPercent: 5
                env:
                  - A=1
                mode: Fixed
                """;

        Reading<Void> reading = Reading.of(yaml, file -> {
            file.require("configVersion");
            file.integer("configVersion", 1, Range.between(1, 1), "");
            file.text("executable", "");
            file.texts("args", NullItems.DROP, "");
            file.textMap("env", "");
            file.choice("mode", Mode.FIXED, "");
            file.section("watchdog", "", watchdog -> {
                watchdog.flag("enabled", true, "");
                watchdog.decimal("softLimitPercent", 85, Range.percent(), "");
                watchdog.decimal("hardLimitPercent", 95, Range.percent(), "");
                return watchdog.seconds("grace", Duration.ZERO, Range.atLeast(0), "");
            });
            return file.section("readiness", "", readiness -> {
                readiness.integer("httpPort", 1, Range.port(), "");
                readiness.decimal("softLimitPercent", 85, Range.percent(), "");
                return null;
            });
        });

        assertThat(reading.problems()).containsExactly(
                "f.yml:1:1: configVersion: required, but missing",
                "f.yml:1:1: configVersoin: unknown key; did you mean configVersion?",
                "f.yml:2:1: executable: found a list, expected a text",
                "f.yml:3:1: args: found a mapping, expected a list of texts",
                "f.yml:5:5: watchdog.enabled: found \"yes\", expected true or false",
                "f.yml:6:5: watchdog.softLimitPercent: found \"abc\", expected a number from 0 to 100",
                "f.yml:7:5: watchdog.hardLimitPercent: found 950, expected a number from 0 to 100",
                "f.yml:8:5: watchdog.grace: found \"soon\","
                        + " expected a number of seconds, or a duration such as 500ms or 1m30s, of at least 0",
                "f.yml:11:3: readiness.httpPort: found \"8081\" in quotes, expected a whole number from 1 to 65535",
                "f.yml:12:3: readiness.sotLimitPercent: unknown key; did you mean softLimitPercent?",
                "f.yml:13:1: env: found a list, expected a mapping (name: text)",
                "f.yml:15:1: mode: found \"Fixed\", expected one of fixed, unmanaged; did you mean fixed?");
    }

    private enum Mode implements Choice {
        FIXED,
        UNMANAGED;

        @Override
        public String text() {
            return this == FIXED ? "fixed" : "unmanaged";
        }
    }

    @Test
    void unknownKeysAreWarnedOfAtEveryLevel() {
        Reading<String> reading = Reading.of("a: 1\nnamed:\n  web: {y: 1, x: 2, executable: z}\none: {}\n", file -> {
            file.sections("named", "", YamlSectionTest::withX);
            return "";
        });

        assertThat(reading.hasErrors()).isFalse();
        assertThat(reading.problems()).containsExactly(
                "f.yml:1:1: a: unknown key",
                "f.yml:3:9: named.web.y: unknown key",
                "f.yml:3:21: named.web.executable: unknown key",
                "f.yml:4:1: one: unknown key");
    }

    @Test
    void aKeyThatWasLookedForIsKnown() {
        Reading<Boolean> reading = Reading.of("a: 1\nb: \n", file -> file.has("a") && !file.has("b") && !file.has("c"));

        assertThat(reading.value()).isTrue();
        assertThat(reading.problems()).isEmpty();
    }

    @Test
    void keysWithoutEffectAreWarnedOf() {
        Reading<Void> reading = Reading.of("old: 1\nolder:\n", file -> {
            file.withoutEffect("old", "Once it had one");
            file.withoutEffect("older", "As well");
            file.withoutEffect("oldest", "As well");
            return null;
        });

        assertThat(reading.hasErrors()).isFalse();
        assertThat(reading.problems()).containsExactly("f.yml:1:1: old: a key without effect");
    }

    @Test
    void readersComplainAtTheKeyOrTheSection() {
        Reading<Void> reading = Reading.of("x: 1\none:\n  a: 5\n", file -> {
            file.text("x", "");
            file.error("y", "nothing", "a y beside x");
            return file.section("one", "", one -> {
                one.error("a", one.text("a", "", ""), "a 6");
                one.error("b", "nothing", "a b");
                one.warn("", "a section", "none");
                return null;
            });
        });

        assertThat(reading.problems()).containsExactly(
                "f.yml:1:1: y: found nothing, expected a y beside x",
                "f.yml:2:1: one.b: found nothing, expected a b",
                "f.yml:2:1: one: found a section, expected none",
                "f.yml:3:3: one.a: found 5, expected a 6");
    }

    @Test
    void aSectionOfTheWrongKindIsOneProblem() {
        Reading<String> reading = Reading.of("one: [x]", file -> file.section("one", "", YamlSectionTest::withX));

        assertThat(reading.value()).isEqualTo("one=");
        assertThat(reading.problems()).containsExactly("f.yml:1:1: one: found a list, expected a mapping (key: value)");
    }

    @Test
    void settingsHaveTheirSource() {
        String yaml = """
                args: &args [-v, "--port", 80, a b]
                again: *args
                env:
                  A: yes
                  B:
                none: []
                memory: {limit: 64Mi, percent: 75.0}
                grace: 500ms
                size: large
                on: y
                n: 0x10
                empty: ''
                named:
                - {name: web, x: http://h:1/}
                """;

        Reading<Void> reading = Reading.of(yaml, file -> {
            file.texts("args", NullItems.DROP, "");
            file.texts("again", NullItems.DROP, "");
            file.textMap("env", "");
            file.texts("none", NullItems.DROP, "");
            file.texts("absent", NullItems.DROP, "");
            file.textMap("absentMap", "");
            file.section("memory", "", memory -> {
                memory.bytes("limit", Range.ANY, "");
                return memory.decimal("percent", 1, Range.ANY, "");
            });
            file.seconds("grace", Duration.ofSeconds(1), Range.ANY, "");
            file.seconds("poll", Duration.ofMillis(2500), Range.ANY, "");
            file.choice("size", Size.SMALL, "");
            file.choice("otherSize", Size.SMALL, "");
            file.flag("on", false, "");
            file.flag("off", false, "");
            file.integer("n", 1, Range.ANY, "");
            file.integer("n", 1, Range.ANY, "");
            file.text("empty", "x", "");
            file.text("title", "a: b", "");
            file.text("missing", "");
            file.sections("named", "", YamlSectionTest::withX);
            return null;
        });

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.explained()).containsExactly(
                "args[0]: -v # f.yml:1:14",
                "args[1]: --port # f.yml:1:18",
                "args[2]: \"80\" # f.yml:1:28",
                "args[3]: \"a b\" # f.yml:1:32",
                "again[0]: -v # f.yml:1:14",
                "again[1]: --port # f.yml:1:18",
                "again[2]: \"80\" # f.yml:1:28",
                "again[3]: \"a b\" # f.yml:1:32",
                "env.A: \"yes\" # f.yml:4:3",
                "env.B: \"\" # f.yml:5:3",
                "none: [] # f.yml:6:1",
                "absent: [] # default",
                "absentMap: {} # default",
                "memory.limit: 67108864 # f.yml:7:10",
                "memory.percent: 75 # f.yml:7:23",
                "grace: 0.5 # f.yml:8:1",
                "poll: 2.5 # default",
                "size: large # f.yml:9:1",
                "otherSize: small # default",
                "on: true # f.yml:10:1",
                "off: false # default",
                "n: 16 # f.yml:11:1",
                "empty: \"\" # f.yml:12:1",
                "title: \"a: b\" # default",
                "named.web.x: http://h:1/ # f.yml:14:15");
    }

    /** What is shown could stand in a file. */
    @ParameterizedTest
    @ValueSource(strings = {
        "a", "-v", "--port", "-", "--", "---", "-1", "- a", "1", "1.50", "0x10", "yes", "null", "~", "", " ", "a ",
        "a:",
        "a: b", "a #b", "#b", "*a", "&a", "!a", "%a", "@a", "`a`", "{a}", "[a]", "'", "\"", "\\", "a\nb", "\t", "é",
        "😀",
        "http://h:1/#x", "/usr/bin", "$HOME", "a=b", "...", "<<", "=", "?", "|", ">", ".5", ".inf", "2020-01-01",
        "\u0085",
        "\u2028", "-é", "k\u00a0"
    })
    void aTextThatIsShownReadsAsItself(String text) {
        Reading<String> shown = Reading.of("{}", file -> file.text("k", text, ""));
        String value = shown.settings().get(0).value();

        assertThat(Reading.<String>value("k: " + value, file -> file.text("k", "default", ""))).isEqualTo(text);
        assertThat(Reading.<List<String>>value("k: [" + value + ", x]", file -> file.texts("k", NullItems.DROP, "")))
                .containsExactly(text, "x");
        assertThat(new ArrayList<>(Reading.<Map<String, String>>value("k: {" + "a: " + value + "}",
                file -> file.textMap("k", "")).values())).containsExactly(text);
    }
}
