package dev.gatun.config;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Kind;
import dev.gatun.config.Node.Mapping;
import dev.gatun.config.Node.Scalar;
import dev.gatun.config.Node.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts two files together, of which one overrides the other. Everything keeps the position that it was read at. */
public final class NodeMerge {

    private NodeMerge() {}

    /**
     * One file on top of another. A null in the overriding file counts as absent. A value of the wrong kind, say a text
     * where both rules and the other file have a list, stays in the result, so that whoever reads it complains of it.
     *
     * @param base whose keys come first
     * @param over whose values win
     */
    public static Mapping merge(Mapping base, Mapping over, MergeRules rules) {
        List<Entry> merged = new ArrayList<>(base.entries().size() + over.entries().size());
        Map<String, Entry> winners = new HashMap<>();
        for (Entry entry : over.entries()) {
            winners.putIfAbsent(entry.key(), entry);
        }
        boolean nullsCount = rules.action() == MergeRules.Action.TEXTS;
        Set<String> seen = new HashSet<>();
        for (Entry entry : base.entries()) {
            Entry winner = seen.add(entry.key()) ? winners.get(entry.key()) : null;
            merged.add(winner == null || !nullsCount && winner.value().isAbsent()
                    ? entry
                    : merge(entry, winner, rules.at(entry.key())));
        }
        for (Entry entry : over.entries()) {
            if (!seen.contains(entry.key())) {
                merged.add(entry);
            }
        }
        return new Mapping(base.position(), merged);
    }

    private static Entry merge(Entry base, Entry over, MergeRules rules) {
        if (base.value().isAbsent()) {
            return over;
        }
        return switch (rules.action()) {
            case REPLACE -> over;
            case DEEP -> deep(base, over, rules);
            case TEXTS -> texts(base, over, rules);
            case APPEND -> appended(base, over);
        };
    }

    private static Entry deep(Entry base, Entry over, MergeRules rules) {
        // Rules for whatever key there is below mean sections by name, which may be a list.
        boolean byName = rules.at("*").action() == MergeRules.Action.DEEP;
        if (!isMapping(base, byName)) {
            return base;
        }
        if (!isMapping(over, byName)) {
            return over;
        }
        return new Entry(base.key(), base.keyPosition(), merge(named(base), named(over), rules));
    }

    private static boolean isMapping(Entry entry, boolean byName) {
        return entry.value().kind() == Kind.MAPPING || byName && entry.value().kind() == Kind.SEQUENCE;
    }

    private static Mapping named(Entry entry) {
        return entry.value().kind() == Kind.MAPPING
                ? (Mapping) entry.value()
                : new Mapping(entry.value().position(), NamedItems.of(entry.key(), (Sequence) entry.value()));
    }

    private static Entry texts(Entry base, Entry over, MergeRules rules) {
        if (base.value().kind() != Kind.MAPPING) {
            return base;
        }
        return over.value().kind() != Kind.MAPPING
                ? over
                : new Entry(base.key(), base.keyPosition(),
                        merge((Mapping) base.value(), (Mapping) over.value(), rules));
    }

    private static Entry appended(Entry base, Entry over) {
        if (base.value().kind() == Kind.MAPPING) {
            return base;
        }
        if (over.value().kind() == Kind.MAPPING) {
            return over;
        }
        List<Node> items = new ArrayList<>(items(base.value()));
        items.addAll(items(over.value()));
        return new Entry(base.key(), base.keyPosition(), new Sequence(base.value().position(), items));
    }

    /** A single value is a list of one. */
    private static List<Node> items(Node value) {
        return value.kind() == Kind.SEQUENCE ? ((Sequence) value).items() : List.of((Scalar) value);
    }
}
