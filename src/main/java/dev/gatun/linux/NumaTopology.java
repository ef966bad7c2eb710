package dev.gatun.linux;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.proc.ProcFile;
import java.util.BitSet;
import java.util.Optional;

/** The processors and NUMA nodes of this machine, as {@code /sys} shows them. */
public final class NumaTopology {

    private static final String NODES = "/sys/devices/system/node/";

    private final Libc libc;

    public NumaTopology(Libc libc) {
        this.libc = requireNonNull(libc);
    }

    /** Whether the kernel knows nodes; most that run on a machine with a single one do. */
    public boolean hasNodes() {
        return processorsOf(0).isPresent();
    }

    /** The processors of a node; empty where there is no such node. A node without processors has an empty set. */
    public Optional<BitSet> processorsOf(int node) {
        return list(NODES + "node" + node + "/cpulist");
    }

    /** The nodes that are online. */
    public BitSet nodes() {
        return list(NODES + "online").orElseGet(BitSet::new);
    }

    /** The processors that are online. */
    public BitSet processors() {
        return list("/sys/devices/system/cpu/online").orElseGet(BitSet::new);
    }

    private Optional<BitSet> list(String file) {
        Optional<String> text = ProcFile.readText(libc, file);
        return text.map(content -> content.isBlank() ? new BitSet() : CpuList.parse(content));
    }
}
