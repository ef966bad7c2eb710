package dev.gatun.engine.systemd;

import dev.gatun.linux.NumaTopology;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * The processors of this machine, by NUMA node.
 *
 * @param processors that are online
 * @param processorsOf each node; empty where the kernel knows no nodes
 */
record NumaNodes(BitSet processors, Map<Integer, BitSet> processorsOf) {

    /** For those who bind nothing, and need not look. */
    static NumaNodes none() {
        return new NumaNodes(new BitSet(), Map.of());
    }

    /** Reads all nodes of a machine at once. */
    static NumaNodes read(NumaTopology machine) {
        Map<Integer, BitSet> nodes = new TreeMap<>();
        if (machine.hasNodes()) {
            machine.nodes().stream()
                    .forEach(node -> nodes.put(node, machine.processorsOf(node).orElseGet(BitSet::new)));
        }
        return new NumaNodes(machine.processors(), nodes);
    }

    boolean isEmpty() {
        return processorsOf.isEmpty();
    }

    BitSet nodes() {
        BitSet nodes = new BitSet();
        processorsOf.keySet().forEach(nodes::set);
        return nodes;
    }

    /** The processors of these nodes together. */
    BitSet processorsOf(BitSet nodes) {
        BitSet all = new BitSet();
        nodes.stream().mapToObj(node -> processorsOf.getOrDefault(node, new BitSet())).forEach(all::or);
        return all;
    }
}
