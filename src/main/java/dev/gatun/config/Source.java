package dev.gatun.config;

import static java.util.Objects.requireNonNull;

/** Where a value comes from. */
public sealed interface Source {

    /** In words: {@code default}, {@code launcher-static.yml:12:5}, {@code detected: cpu.max}. */
    String text();

    /** No file says anything. */
    record Default() implements Source {

        @Override
        public String text() {
            return "default";
        }
    }

    /** A file says so. */
    record InFile(Position position) implements Source {

        public InFile {
            requireNonNull(position);
        }

        @Override
        public String text() {
            return position.toString();
        }
    }

    /** Seen on this machine: not in configurations, but among the settings that are explained to people. */
    record Detected(String by) implements Source {

        public Detected {
            requireNonNull(by);
        }

        @Override
        public String text() {
            return "detected: " + by;
        }
    }
}
