package dev.gatun.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One mapping of a configuration, read key by key. */
public interface Section {
    boolean flag(String name, boolean orElse, String description);

    Optional<Boolean> flag(String name, String description);

    int integer(String name, int orElse, Range range, String description);

    OptionalInt integer(String name, Range range, String description);

    OptionalLong bytes(String name, Range range, String description);

    long bytes(String name, long orElse, Range range, String description);

    double decimal(String name, double orElse, Range range, String description);

    OptionalDouble decimal(String name, Range range, String description);

    Duration seconds(String name, Duration orElse, Range range, String description);

    Optional<Duration> seconds(String name, Range range, String description);

    String text(String name, String orElse, String description);

    Optional<String> text(String name, String description);

    <E extends Enum<E> & Choice> E choice(String name, E orElse, String description);

    <E extends Enum<E> & Choice> Optional<E> choice(String name, Class<E> type, String description);

    List<String> texts(String name, NullItems nulls, String description);

    Map<String, String> textMap(String name, String description);

    <R> R section(String name, String description, SectionReader<R> reader);

    <R> Optional<R> optionalSection(String name, String description, SectionReader<R> reader);

    <R> Map<String, R> sections(String name, String description, SectionReader<R> reader);

    <R> List<R> sectionList(String name, String description, SectionReader<R> reader);

    void require(String name);

    void withoutEffect(String name, String description);

    boolean has(String name);

    void error(String name, String found, String expected);

    void warn(String name, String found, String expected);

    String path();
}
