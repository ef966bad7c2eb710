package dev.gatun.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes down what a section gave, each key once, however often it is asked for. */
final class SectionRecord {

    private static final Source DEFAULT = new Source.Default();

    private final String path;
    private final List<Setting> settings;
    private final Set<String> names = new HashSet<>();

    SectionRecord(String path, List<Setting> settings) {
        this.path = path;
        this.settings = settings;
    }

    /** Returns the value. */
    <V> V byDefault(String name, V value, String text) {
        if (begin(name)) {
            settings.add(new Setting(KeyPath.join(path, name), text, DEFAULT));
        }
        return value;
    }

    void add(String name, Position position, String text) {
        if (begin(name)) {
            settings.add(new Setting(KeyPath.join(path, name), text, new Source.InFile(position)));
        }
    }

    /** Whether the items of this key are still to be taken down. */
    boolean begin(String name) {
        return names.add(name);
    }

    /** An item of a list or a mapping that was begun. */
    void addItem(String itemPath, Position position, String text) {
        settings.add(new Setting(itemPath, text, new Source.InFile(position)));
    }
}
