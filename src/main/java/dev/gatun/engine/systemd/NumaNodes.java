package dev.gatun.engine.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static final Path SYSTEM = Path.of("/sys/devices/system");

    /** Reads them from the folder of sysfs, {@link #SYSTEM}. */
    static NumaNodes read(Path system) {
        Map<Integer, BitSet> nodes = new TreeMap<>();
        if (Files.isDirectory(system.resolve("node/node0"))) {
            BitSet online = list(system.resolve("node/online"));
            online.stream().forEach(node -> nodes.put(node, list(system.resolve("node/node" + node + "/cpulist"))));
        }
        return new NumaNodes(list(system.resolve("cpu/online")), nodes);
    }

    private static BitSet list(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            return text.isEmpty() ? new BitSet() : NumberList.parse(text, new BitSet());
        } catch (IOException | IllegalArgumentException unreadable) {
            // A node without processors, or a kernel without this file: nothing that could be bound to.
            return new BitSet();
        }
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
