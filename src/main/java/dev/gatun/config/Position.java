package dev.gatun.config;

import static java.util.Objects.requireNonNull;

/**
 * Where something stands in a file.
 *
 * @param file as it is named to people
 * @param line from 1
 * @param column from 1, in characters
 */
public record Position(String file, int line, int column) {

    public Position {
        requireNonNull(file);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
