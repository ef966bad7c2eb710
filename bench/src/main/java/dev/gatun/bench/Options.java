package dev.gatun.bench;

import java.util.HashMap;
import java.util.Map;

/** Options of a benchmark, all of the form {@code --name=value}. */
public final class Options {

    private final Map<String, String> values = new HashMap<>();

    public Options(String[] arguments) {
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("expected --name=value, not " + argument);
            }
            values.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
    }

    public String text(String name, String absent) {
        return values.getOrDefault(name, absent);
    }

    public int number(String name, int absent) {
        return Integer.parseInt(text(name, Integer.toString(absent)));
    }
}
