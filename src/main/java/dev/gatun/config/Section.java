package dev.gatun.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One mapping of a configuration, read key by key. The same code that reads it describes it: one implementation,
 * {@link YamlSection}, takes the values from a file, another, {@link SchemaSection}, writes down which keys there are.
 *
 * <p>Nothing here throws for what a file contains. A value that is wrong is a problem at its position, and the reading
 * goes on with the default, so that all problems are found in one go. A key that is absent or null is the default. For
 * one thread.
 */
public interface Section {

    /** A boolean: true or false, or yes, no, on, off, y, n as in YAML 1.1. */
    boolean flag(String name, boolean orElse, String description);

    /** A boolean that may be absent. */
    Optional<Boolean> flag(String name, String description);

    /** A whole number; a fraction is cut off with a warning. */
    int integer(String name, int orElse, Range range, String description);

    /** A whole number that may be absent. */
    OptionalInt integer(String name, Range range, String description);

    /** A number of bytes that may be absent; 64Mi is 2^26 bytes, 64M are 64 million, as in Kubernetes. */
    OptionalLong bytes(String name, Range range, String description);

    /** A number of bytes, or an amount such as 64Mi or 2GB. */
    long bytes(String name, long orElse, Range range, String description);

    /** A number. */
    double decimal(String name, double orElse, Range range, String description);

    /** A number that may be absent. */
    OptionalDouble decimal(String name, Range range, String description);

    /** A number of seconds, or a duration such as 500ms or 1m30s. */
    Duration seconds(String name, Duration orElse, Range range, String description);

    /** A duration that may be absent. */
    Optional<Duration> seconds(String name, Range range, String description);

    /** A text, as it stands in the file: {@code 1.50} and {@code yes} keep their form. */
    String text(String name, String orElse, String description);

    /** A text that may be absent. */
    Optional<String> text(String name, String description);

    /** One of some words. */
    <E extends Enum<E> & Choice> E choice(String name, E orElse, String description);

    /** One of some words, or absent. */
    <E extends Enum<E> & Choice> Optional<E> choice(String name, Class<E> type, String description);

    /** A list of texts, empty by default; a single text is a list of one. */
    List<String> texts(String name, NullItems nulls, String description);

    /** Texts by name, in their order, empty by default; a null is the empty text. */
    Map<String, String> textMap(String name, String description);

    /** A section that is always read: where the file has none, an empty one is, so that defaults apply. */
    <R> R section(String name, String description, SectionReader<R> reader);

    /** A section that is read only if the file has it. */
    <R> Optional<R> optionalSection(String name, String description, SectionReader<R> reader);

    /**
     * Sections by name, in their order: a mapping from names, or a list whose items have a {@code name}. An item without
     * one is called after the key and its place in the list: {@code subProcesses-1}.
     */
    <R> Map<String, R> sections(String name, String description, SectionReader<R> reader);

    /** A list of sections. */
    <R> List<R> sectionList(String name, String description, SectionReader<R> reader);

    /** Makes it an error that a key is absent. */
    void require(String name);

    /** A key that older launchers know and nobody heeds: a warning where it is present. */
    void withoutEffect(String name, String description);

    /** Whether the file has a value here; never in a schema. */
    boolean has(String name);

    /**
     * A problem at a key, or at the section itself where the key is absent or its name empty.
     *
     * @param found what is there, as it goes behind the word "found"; texts in quotes ({@link Excerpt#quote})
     * @param expected what goes behind the word "expected"; empty to have {@code found} as the whole sentence
     */
    void error(String name, String found, String expected);

    /** Like {@link #error}, but one can go on. */
    void warn(String name, String found, String expected);

    /** From the root, such as {@code watchdog} or {@code subProcesses.web}; empty for the root. */
    String path();
}
