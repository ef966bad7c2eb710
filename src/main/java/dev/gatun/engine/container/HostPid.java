package dev.gatun.engine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Whether a pid of the engine's is one of ours. It is not where the engine runs in a virtual machine, or this program in
 * a container to which the socket is mounted; a pid that means somebody else is worse than none. The proof is the name of
 * the process's control group, which has the container's id in it.
 *
 * @param proc where the kernel shows processes
 */
record HostPid(Path proc) {

    static final HostPid HERE = new HostPid(Path.of("/proc"));

    OptionalInt of(ContainerState state) {
        if (state.pid() <= 0) {
            return OptionalInt.empty();
        }
        try {
            String groups = Files.readString(proc.resolve(state.pid() + "/cgroup"));
            return groups.contains(state.id()) ? OptionalInt.of(state.pid()) : OptionalInt.empty();
        } catch (IOException ended) {
            return OptionalInt.empty();
        }
    }
}
