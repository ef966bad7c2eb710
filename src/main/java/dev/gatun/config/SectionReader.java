package dev.gatun.config;

/** Makes a value of a section, key by key. */
@FunctionalInterface
public interface SectionReader<R> {
    R read(Section section);
}
