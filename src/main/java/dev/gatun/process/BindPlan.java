package dev.gatun.process;

import dev.gatun.linux.CpuList;
import dev.gatun.linux.NumaTopology;
import java.util.BitSet;
import java.util.Optional;

/**
 * What a {@link ProcBind} comes to on this machine.
 *
 * @param processors empty to leave them as they are
 * @param memoryNodes empty to leave them as they are
 */
record BindPlan(Optional<BitSet> processors, Optional<BitSet> memoryNodes) {

    private static final String ALL = "all";

    /** @throws IllegalArgumentException with one sentence for a malformed list and for a node that is not there */
    static BindPlan of(ProcBind bind, NumaTopology topology) {
        boolean wantsNodes = bind.nodesForProcessors().isPresent()
                || bind.nodesForMemory().isPresent()
                || bind.processors().isPresent();
        if (!wantsNodes || !topology.hasNodes()) {
            return new BindPlan(bind.cpus().map(list -> processors("cpus", list, topology)), Optional.empty());
        }
        // As numactl has it: of processors and nodes that are both given, the processors hold.
        Optional<BitSet> processors = bind.processors()
                .map(list -> processors("processors", list, topology))
                .or(() -> bind.nodesForProcessors().map(list -> processorsOf(list, topology)));
        return new BindPlan(processors, bind.nodesForMemory().map(list -> nodes("memory", list, topology)));
    }

    private static BitSet processors(String what, String list, NumaTopology topology) {
        return list.strip().equals(ALL) ? topology.processors() : parse(what, list);
    }

    private static BitSet processorsOf(String list, NumaTopology topology) {
        BitSet processors = new BitSet();
        nodes("processors of nodes", list, topology).stream()
                .forEach(node -> topology.processorsOf(node).ifPresent(processors::or));
        if (processors.isEmpty()) {
            throw new IllegalArgumentException("binding to processors of nodes: no processor is in " + list);
        }
        return processors;
    }

    private static BitSet nodes(String what, String list, NumaTopology topology) {
        BitSet online = topology.nodes();
        if (list.strip().equals(ALL)) {
            return online;
        }
        BitSet nodes = parse(what, list);
        BitSet missing = (BitSet) nodes.clone();
        missing.andNot(online);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("binding to " + what + ": there is no node " + CpuList.text(missing)
                    + ", the nodes are " + CpuList.text(online));
        }
        return nodes;
    }

    private static BitSet parse(String what, String list) {
        try {
            return CpuList.parse(list);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("binding to " + what + ": " + malformed.getMessage());
        }
    }
}
