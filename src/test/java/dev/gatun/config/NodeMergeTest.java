package dev.gatun.config;

import static dev.gatun.config.Trees.flow;
import static dev.gatun.config.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeMergeTest {

    private static final MergeRules RULES = MergeRules.none()
            .deep("memory", "memory.inner", "subProcesses", "subProcesses.*")
            .texts("env", "subProcesses.*.env")
            .append("args", "subProcesses.*.args");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // Replaced, or not there
        "a: 1              | b: 2                | {a: 1, b: 2}",
        "a: 1              | a: 2                | {a: 2}",
        "a: 1, b: 2        | b: 3, a: 4          | {a: 4, b: 3}",
        "a: [1]            | a: [2]              | {a: [2]}",
        "a: {x: 1}         | a: {y: 2}           | {a: {y: 2}}",
        "a: 1              | a:                  | {a: 1}",
        "a:                | a: 1                | {a: 1}",
        "a:                | a:                  | {a: ~}",
        "a: 1              | b:                  | {a: 1, b: ~}",
        "                  | a: 1                | {a: 1}",
        "a: 1              |                     | {a: 1}",
        // Deeply
        "memory: {x: 1, y: 2} | memory: {y: 3, z: 4}   | {memory: {x: 1, y: 3, z: 4}}",
        "memory: {x: 1}       | memory: {x: }          | {memory: {x: 1}}",
        "memory: {x: 1}       | memory: {}             | {memory: {x: 1}}",
        "memory: {x: 1}       | memory:                | {memory: {x: 1}}",
        "memory:              | memory: {x: 1}         | {memory: {x: 1}}",
        "memory: {inner: {a: 1}, o: {a: 1}} | memory: {inner: {b: 2}, o: {b: 2}} | {memory: {inner: {a: 1, b: 2}, o: {b: 2}}}",
        "other: {memory: {x: 1}} | other: {memory: {y: 2}} | {other: {memory: {y: 2}}}",
        // Texts
        "env: {A: 1, B: 2}    | env: {B: 3, C: 4}      | {env: {A: 1, B: 3, C: 4}}",
        "env: {A: 1}          | env: {A: }             | {env: {A: ~}}",
        "env: {A: 1}          | env:                   | {env: {A: 1}}",
        // Appended
        "args: [a]            | args: [b, c]           | {args: [a, b, c]}",
        "args: a              | args: b                | {args: [a, b]}",
        "args: [a]            | args: b                | {args: [a, b]}",
        "args: [a]            | args: []               | {args: [a]}",
        "args: [a]            | args:                  | {args: [a]}",
        "args: [a]            | args: [~]              | {args: [a, ~]}",
        // What is wrong stays, to be complained of
        "memory: 5            | memory: {x: 1}         | {memory: 5}",
        "memory: {x: 1}       | memory: 5              | {memory: 5}",
        "memory: {x: 1}       | memory: [5]            | {memory: [5]}",
        "memory: [5]          | memory: {x: 1}         | {memory: [5]}",
        "env: [A=1]           | env: {A: 1}            | {env: [A=1]}",
        "env: {A: 1}          | env: [A=1]             | {env: [A=1]}",
        "args: {a: 1}         | args: [a]              | {args: {a: 1}}",
        "args: [a]            | args: {a: 1}           | {args: {a: 1}}",
        "subProcesses: 5      | subProcesses: {a: {}}  | {subProcesses: 5}",
    })
    void putsTwoFilesTogether(String base, String over, String expected) {
        Mapping merged = NodeMerge.merge(
                tree(base == null ? "" : "{" + base + "}"), tree(over == null ? "" : "{" + over + "}"), RULES);

        assertThat(flow(merged)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{a: {x: 1}}                    | {a: {y: 2}}                   | {a: {x: 1, y: 2}}",
        "{a: {x: 1}}                    | {b: {y: 2}}                   | {a: {x: 1}, b: {y: 2}}",
        "[{name: a, x: 1}]              | {a: {y: 2}}                   | {a: {x: 1, y: 2}}",
        "{a: {x: 1}}                    | [{name: a, y: 2}]             | {a: {x: 1, y: 2}}",
        "[{x: 1, name: a}, {name: b}]   | [{name: b, y: 2}, {name: a, y: 3}] | {a: {x: 1, y: 3}, b: {y: 2}}",
        "[{x: 1}, {name: b}]            | {subProcesses-1: {y: 2}}      | {subProcesses-1: {x: 1, y: 2}, b: {}}",
        "[{x: 1, name: }]               | {subProcesses-1: {y: 2}}      | {subProcesses-1: {x: 1, y: 2}}",
        "{a: {args: [1], env: {A: 1}}}  | {a: {args: [2], env: {B: }}}  | {a: {args: [1, 2], env: {A: 1, B: ~}}}",
        "[{name: a, args: [1]}]         | [{name: a, args: [2]}]        | {a: {args: [1, 2]}}",
        "{a: }                          | {a: {x: 1}}                   | {a: {x: 1}}",
        "{a: {x: 1}}                    | {a: }                         | {a: {x: 1}}",
        "[{name: a}, 5, {name: [b]}]    | {}                            | {a: {}, subProcesses-2: 5, subProcesses-3: {name: [b]}}",
    })
    void matchesSectionsByTheirNames(String base, String over, String expected) {
        Mapping merged = NodeMerge.merge(tree("subProcesses: " + base), tree("subProcesses: " + over), RULES);

        assertThat(flow(merged)).isEqualTo("{subProcesses: " + expected + "}");
    }

    @Test
    void aNameThatOccursTwiceIsStillThereTwice() {
        Mapping merged = NodeMerge.merge(
                tree("subProcesses: [{name: a, x: 1}, {name: a, x: 2}]"), tree("subProcesses: {a: {x: 3}}"), RULES);

        assertThat(flow(merged)).isEqualTo("{subProcesses: {a: {x: 3}, a: {x: 2}}}");
    }

    @Test
    void everythingKeepsThePositionThatItWasReadAt() {
        Mapping base = tree("static.yml", "memory:\n  x: 1\n  y: 2\nargs: [a]\nenv: {A: 1}\n");
        Mapping over = tree("custom.yml", "\nenv: {B: 2}\nargs:\n  - b\nmemory:\n  y: 3\n");

        Mapping merged = NodeMerge.merge(base, over, RULES);

        assertThat(places(merged)).containsExactly(
                "memory static.yml:1:1",
                "memory.x static.yml:2:3",
                "memory.y custom.yml:6:3",
                "args static.yml:4:1",
                "args[0] static.yml:4:8",
                "args[1] custom.yml:4:5",
                "env static.yml:5:1",
                "env.A static.yml:5:7",
                "env.B custom.yml:2:7");
        assertThat(merged.position()).hasToString("static.yml:1:1");
    }

    @Test
    void rulesDoNotChange() {
        MergeRules rules = MergeRules.none();

        rules.deep("memory");

        assertThat(rules.at("memory").action()).isEqualTo(MergeRules.Action.REPLACE);
    }

    private static List<String> places(Mapping mapping) {
        List<String> places = new ArrayList<>();
        for (Entry entry : mapping.entries()) {
            places.add(entry.key() + " " + entry.keyPosition());
            if (entry.value().kind() == Node.Kind.MAPPING) {
                places((Mapping) entry.value()).forEach(place -> places.add(entry.key() + "." + place));
            } else if (entry.value().kind() == Node.Kind.SEQUENCE) {
                List<Node> items = ((Node.Sequence) entry.value()).items();
                for (int i = 0; i < items.size(); i++) {
                    places.add(entry.key() + "[" + i + "] " + items.get(i).position());
                }
            }
        }
        return places;
    }
}
