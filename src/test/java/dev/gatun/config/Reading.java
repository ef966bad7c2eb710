package dev.gatun.config;

import dev.gatun.config.YamlReader.DuplicateKeys;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;

/** A file that was read as a section: what came of it, and what there was to complain of. */
record Reading<R>(R value, List<String> problems, boolean hasErrors, List<Setting> settings) {

    static <R> Reading<R> of(String yaml, SectionReader<R> reader) {
        Problems problems = new Problems();
        List<Setting> settings = new ArrayList<>();
        Node.Mapping root = YamlReader.read("f.yml", Trees.bytes(yaml), DuplicateKeys.ERROR, problems).orElseThrow();
        R value = YamlSection.read(root, reader, problems, settings);
        return new Reading<>(value, Trees.sentences(problems), problems.hasErrors(), settings);
    }

    /** What must be in order. */
    static <R> R value(String yaml, SectionReader<R> reader) {
        Reading<R> reading = of(yaml, reader);
        Assertions.assertThat(reading.problems).isEmpty();
        return reading.value;
    }

    /** The value of what must be in order, as text. */
    static String shown(String yaml, SectionReader<?> reader) {
        return String.valueOf(value(yaml, reader));
    }

    /** As one could show them: {@code a: 1 # f.yml:1:1}. */
    List<String> explained() {
        List<String> lines = new ArrayList<>();
        for (Setting setting : settings) {
            lines.add(setting.path() + ": " + setting.value() + " # " + setting.source().text());
        }
        return lines;
    }
}
