package dev.gatun.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Which keys of two files are put together, and how; all others are replaced. KeyPath have dots between their keys, and
 * {@code *} for any key: {@code subProcesses.*.env}. Of several rules for a key the first one counts.
 */
public final class MergeRules {

    /** What becomes of a key that both files have. */
    enum Action {
        REPLACE,
        DEEP,
        TEXTS,
        APPEND
    }

    /** What is done at the end of a path. */
    private record Rule(List<String> path, Action action) {

        private boolean beginsWith(String key) {
            return !path.isEmpty() && (path.get(0).equals(key) || path.get(0).equals("*"));
        }
    }

    private final List<Rule> rules;

    private MergeRules(List<Rule> rules) {
        this.rules = rules;
    }

    /** Everything is replaced. */
    public static MergeRules none() {
        return new MergeRules(List.of());
    }

    /**
     * Mappings whose keys are put together one by one, by the rules for these. A list of mappings with names counts as a
     * mapping from those names.
     */
    public MergeRules deep(String... paths) {
        return with(Action.DEEP, paths);
    }

    /** Mappings to texts, put together key by key; a null counts here, since it is the empty text. */
    public MergeRules texts(String... paths) {
        return with(Action.TEXTS, paths);
    }

    /** Lists of which the overriding one goes behind the other. */
    public MergeRules append(String... paths) {
        return with(Action.APPEND, paths);
    }

    /** What is done here. */
    Action action() {
        for (Rule rule : rules) {
            if (rule.path.isEmpty()) {
                return rule.action;
            }
        }
        return Action.REPLACE;
    }

    /** The rules for what is below a key. */
    MergeRules at(String key) {
        List<Rule> below = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.beginsWith(key)) {
                below.add(new Rule(rule.path.subList(1, rule.path.size()), rule.action));
            }
        }
        return new MergeRules(below);
    }

    private MergeRules with(Action action, String... paths) {
        List<Rule> more = new ArrayList<>(rules);
        for (String path : paths) {
            more.add(new Rule(keys(path), action));
        }
        return new MergeRules(more);
    }

    private static List<String> keys(String path) {
        List<String> keys = new ArrayList<>();
        int start = 0;
        for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', start)) {
            keys.add(path.substring(start, dot));
            start = dot + 1;
        }
        keys.add(path.substring(start));
        return keys;
    }
}
