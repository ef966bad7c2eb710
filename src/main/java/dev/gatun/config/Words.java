package dev.gatun.config;

import java.util.Optional;

/** The plain words of YAML 1.2's core schema that are no texts, and the booleans of 1.1. */
final class Words {

    private Words() {}

    static boolean isNull(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
        };
    }

    /** A boolean, if it is one; a lone Y or n too, since the libraries that others use take it for one. */
    static Optional<Boolean> flag(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" -> Optional.of(true);
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
