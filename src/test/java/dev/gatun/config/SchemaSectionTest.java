package dev.gatun.config;

import static dev.gatun.config.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Node.Mapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaSectionTest {

    @Test
    void describesWhatAReaderAsksFor() {
        String schema = SchemaSection.schema("A file", "https://example.org/file.json", file -> {
            file.require("version");
            file.integer("version", 1, Range.between(1, 1), "Its \"version\"");
            file.flag("on", true, "A switch");
            file.decimal("percent", 12.5, Range.percent().withoutLeast(), "A share");
            file.seconds("poll", Duration.ofMillis(1500), Range.positive(), "A time");
            file.choice("size", Size.LARGE, "A size");
            file.withoutEffect("old", "Once a key");
            return file.section("inner", "A section", inner -> {
                inner.bytes("limit", 65_536L, Range.atLeast(0), "An amount");
                return inner.text("title", "none", "A text");
            });
        });

        assertThat(schema).isEqualTo("""
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "$id": "https://example.org/file.json",
                  "title": "A file",
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "version": {
                      "description": "Its \\"version\\"",
                      "type": "integer",
                      "minimum": 1,
                      "maximum": 1,
                      "default": 1
                    },
                    "on": {
                      "description": "A switch",
                      "type": ["boolean", "null"],
                      "default": true
                    },
                    "percent": {
                      "description": "A share",
                      "type": ["number", "null"],
                      "exclusiveMinimum": 0,
                      "maximum": 100,
                      "default": 12.5
                    },
                    "poll": {
                      "description": "A time",
                      "type": ["number", "string", "null"],
                      "exclusiveMinimum": 0,
                      "pattern": "^([0-9]+(\\\\.[0-9]+)?(ns|us|µs|ms|s|m|h|d))+$",
                      "default": 1.5
                    },
                    "size": {
                      "description": "A size",
                      "enum": ["small", "large", "extra-large", null],
                      "default": "large"
                    },
                    "old": {
                      "description": "Without effect. Once a key",
                      "deprecated": true
                    },
                    "inner": {
                      "description": "A section",
                      "type": ["object", "null"],
                      "additionalProperties": false,
                      "properties": {
                        "limit": {
                          "description": "An amount",
                          "type": ["integer", "string", "null"],
                          "minimum": 0,
                          "pattern": "^[0-9]+(\\\\.[0-9]+)?([kKMGTP]B?|[KMGTP]iB?|B)$",
                          "default": 65536
                        },
                        "title": {
                          "description": "A text",
                          "type": ["string", "number", "boolean", "null"],
                          "default": "none"
                        }
                      }
                    }
                  },
                  "required": ["version"]
                }
                """);
    }

    @Test
    void sectionsByNameAreAListOrAMapping() {
        String schema = SchemaSection.schema("A file",
                file -> file.sections("processes", "By name", one -> one.path() + one.text("x", "A text")));

        assertThat(schema).isEqualTo("""
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": "A file",
                  "type": "object",
                  "additionalProperties": false,
                  "properties": {
                    "processes": {
                      "description": "By name",
                      "type": ["array", "object", "null"],
                      "items": {
                        "type": ["object", "null"],
                        "additionalProperties": false,
                        "properties": {
                          "name": {
                            "description": "Its name; by default processes-1 and so on",
                            "type": ["string", "number", "boolean", "null"]
                          },
                          "x": {
                            "description": "A text",
                            "type": ["string", "number", "boolean", "null"]
                          }
                        }
                      },
                      "additionalProperties": {
                        "type": ["object", "null"],
                        "additionalProperties": false,
                        "properties": {
                          "x": {
                            "description": "A text",
                            "type": ["string", "number", "boolean", "null"]
                          }
                        }
                      }
                    }
                  }
                }
                """);
    }

    @Test
    void readersGetTheirDefaults() {
        List<Object> values = new ArrayList<>();
        SchemaSection.schema("", file -> {
            values.add(everything(file));
            values.add(file.has("flag"));
            file.error("flag", "", "");
            file.warn("flag", "", "");
            return null;
        });

        assertThat(values).containsExactly(
                "false 1 2 0.5 PT1S t SMALL Optional.empty OptionalInt.empty OptionalLong.empty OptionalDouble.empty"
                        + " Optional.empty Optional.empty Optional.empty [] {} x Optional.empty {} []",
                false);
    }

    /** Whatever an editor does not complain of is read without a complaint: every key with every kind of value. */
    @Test
    void whatIsValidIsReadWithoutAProblem() {
        Mapping schema = tree(SchemaSection.schema("A file", SchemaSectionTest::everything));
        int valid = 0;
        for (Node.Entry property : ((Mapping) schema.get("properties").orElseThrow()).entries()) {
            for (String value : VALUES) {
                String yaml = "needed: 1\n" + property.key() + ": " + value;
                if (!property.key().equals("needed") && Schemas.isValid(schema, tree(yaml))) {
                    assertThat(Reading.of(yaml, SchemaSectionTest::everything).problems()).as(yaml).isEmpty();
                    valid++;
                }
            }
        }
        assertThat(valid).isGreaterThan(100);
    }

    @Test
    void whatIsRequiredOrUnknownIsNotValidWithoutOrWith() {
        Mapping schema = tree(SchemaSection.schema("A file", SchemaSectionTest::everything));

        assertThat(Schemas.isValid(schema, tree("needed: 1"))).isTrue();
        assertThat(Schemas.isValid(schema, tree("flag: true"))).isFalse();
        assertThat(Schemas.isValid(schema, tree("needed:"))).isFalse();
        assertThat(Schemas.isValid(schema, tree("needed: 1\nneded: 1"))).isFalse();
        assertThat(Schemas.isValid(schema, tree("needed: 1\nnamed: {a: {x: 1}}"))).isTrue();
        assertThat(Schemas.isValid(schema, tree("needed: 1\nnamed: {a: }"))).isFalse();
        assertThat(Schemas.isValid(schema, tree("needed: 1\nnamed: {a: {x: 1, name: b}}"))).isFalse();
        assertThat(Schemas.isValid(schema, tree("needed: 1\nnamed: [{x: 1, name: b}, {x: 1}]"))).isTrue();
    }

    private static final List<String> VALUES = List.of(
            "", "~", "true", "yes", "'true'", "0", "1", "-1", "50", "101", "65536", "2.0", "2.7", "1e3", "0x10",
            "0o17", "'5'", "-0.5", ".5", "abc", "'abc'", "small", "Small", "64Mi",
            "64mi", "1.5GiB", "2GB", "10B", "512k", "Mi", "500ms", "1m30s", "1.5h", "ms", "5 s", "-5s", "''", "[]",
            "[a, 1]",
            "[~]", "[[a]]", "{}", "{a: b}", "{a: ~}", "{a: [b]}", "{x: 1}", "{x: }", "{x: [1]}", "{x: 1, y: 2}",
            "[{x: 1}]",
            "[{}]", "[{x: 1, name: a}]", "[{x: 1, name: [a]}]", "[{name: a}]", "{a: {x: 1}}", "{a: {x: 1, name: b}}",
            "{a: {}}",
            "[5]", "{a: 5}", "[~, {x: 1}]");

    private static String everything(Section file) {
        file.require("needed");
        file.text("needed", "");
        return file.flag("flag", false, "") + " "
                + file.integer("int", 1, Range.between(0, 100), "") + " "
                + file.bytes("bytes", 2L, Range.atLeast(0), "") + " "
                + file.decimal("decimal", 0.5, Range.percent(), "") + " "
                + file.seconds("seconds", Duration.ofSeconds(1), Range.atLeast(0), "") + " "
                + file.text("text", "t", "") + " "
                + file.choice("choice", Size.SMALL, "") + " "
                + file.flag("flag2", "") + " "
                + file.integer("int2", Range.port(), "") + " "
                + file.bytes("bytes2", Range.atLeast(0), "") + " "
                + file.decimal("decimal2", Range.percent().withoutLeast(), "") + " "
                + file.seconds("seconds2", Range.atLeast(0), "") + " "
                + file.text("text2", "") + " "
                + file.choice("choice2", Size.class, "") + " "
                + file.texts("texts", NullItems.DROP, "") + " "
                + file.textMap("map", "") + " "
                + file.section("section", "", one -> one.text("x", "x", "")) + " "
                + file.optionalSection("optional", "", SchemaSectionTest::withX) + " "
                + file.sections("named", "", SchemaSectionTest::withX) + " "
                + file.sectionList("list", "", SchemaSectionTest::withX);
    }

    private static String withX(Section section) {
        section.require("x");
        return section.text("x", "", "");
    }
}
