package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Which processors and which memory a process is bound to. Each is a list such as {@code 0-3,8} or {@code all}; the
 * first three are those of numactl(8), the last that of taskset(1). Where the kernel knows no NUMA nodes, or none of the
 * first three is given, {@code cpus} holds.
 *
 * @param nodesForProcessors the nodes whose processors it may run on
 * @param nodesForMemory the nodes that its memory comes from, and no others
 * @param processors the processors it may run on
 * @param cpus the processors it may run on, without NUMA
 */
public record ProcBind(
        Optional<String> nodesForProcessors,
        Optional<String> nodesForMemory,
        Optional<String> processors,
        Optional<String> cpus) {

    public ProcBind {
        requireNonNull(nodesForProcessors, "nodesForProcessors");
        requireNonNull(nodesForMemory, "nodesForMemory");
        requireNonNull(processors, "processors");
        requireNonNull(cpus, "cpus");
    }

    /** To these processors. */
    public static ProcBind cpus(String list) {
        return new ProcBind(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(list));
    }

    /** To the processors and the memory of these NUMA nodes. */
    public static ProcBind nodes(String list) {
        return new ProcBind(Optional.of(list), Optional.of(list), Optional.empty(), Optional.empty());
    }
}
