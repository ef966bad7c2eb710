package dev.gatun.engine.systemd;

import dev.gatun.process.ProcBind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** A {@link ProcBind} as properties of a unit. Its masks are those of sched_setaffinity(2) and set_mempolicy(2). */
final class BindProperties {

    /** {@code MPOL_BIND}: from these nodes and no others. */
    private static final int BIND = 2;

    private BindProperties() {}

    /** @throws IllegalArgumentException with one sentence for a list that is none, or names nothing that is there */
    static List<UnitProperty> of(ProcBind bind, NumaNodes numa) {
        boolean byNode = bind.nodesForProcessors().isPresent()
                || bind.nodesForMemory().isPresent()
                || bind.processors().isPresent();
        List<UnitProperty> properties = new ArrayList<>();
        if (byNode && !numa.isEmpty()) {
            Optional<BitSet> processors = processors(bind, numa);
            processors.ifPresent(set -> properties.add(affinity(set)));
            bind.nodesForMemory().ifPresent(list -> {
                BitSet nodes = known(list, numa.nodes(), "NUMA node");
                properties.add(UnitProperty.integer("NUMAPolicy", BIND));
                properties.add(UnitProperty.bytes("NUMAMask", nodes.toByteArray()));
            });
        } else {
            bind.cpus().ifPresent(list -> properties.add(affinity(known(list, numa.processors(), "processor"))));
        }
        return properties;
    }

    private static UnitProperty affinity(BitSet processors) {
        return UnitProperty.bytes("CPUAffinity", processors.toByteArray());
    }

    /** Those of the nodes, and of these the listed ones, as numactl has it. */
    private static Optional<BitSet> processors(ProcBind bind, NumaNodes numa) {
        Optional<BitSet> ofNodes = bind.nodesForProcessors()
                .map(list -> numa.processorsOf(known(list, numa.nodes(), "NUMA node")));
        Optional<BitSet> listed = bind.processors().map(list -> known(list, numa.processors(), "processor"));
        if (ofNodes.isPresent() && listed.isPresent()) {
            BitSet both = ofNodes.get();
            both.and(listed.get());
            return Optional.of(both);
        }
        return listed.or(() -> ofNodes);
    }

    private static BitSet known(String list, BitSet all, String what) {
        BitSet wanted = NumberList.parse(list, all);
        BitSet missing = (BitSet) wanted.clone();
        missing.andNot(all);
        if (wanted.isEmpty() || !missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no " + what + " " + missing + " on this machine, which \"" + list + "\" names");
        }
        return wanted;
    }
}
