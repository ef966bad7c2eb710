package dev.gatun.linux.cgroup;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How much memory the processes of a group have, by its own accounts. They also hold the files that the processes have
 * read lately; what of these has not been used again is given back when it is needed, so it is no reason to end anybody.
 * The rest is the working set, by which Kubernetes decides about evictions.
 */
public final class CgroupMemory {

    /**
     * What is in use.
     *
     * @param bytes all that is accounted to the group and those below it
     * @param inactiveFileBytes the cached content of files, as far as the kernel would drop it first
     */
    public record Usage(long bytes, long inactiveFileBytes) {

        /** What cannot be given back. */
        public long workingSetBytes() {
            // The two are from two files, and so from two moments.
            return Math.max(0, bytes - inactiveFileBytes);
        }
    }

    private final Libc libc;
    private final CgroupFolder folder;

    /**
     * Of a group.
     *
     * @param folder of the memory controller
     */
    public CgroupMemory(Libc libc, CgroupFolder folder) {
        this.libc = requireNonNull(libc);
        this.folder = requireNonNull(folder);
    }

    /**
     * Reads it.
     *
     * @return empty where the group has no such accounts: the root group of version 2 has none, nor a group for which the
     *     memory controller is not enabled
     * @throws dev.gatun.linux.LinuxException when they cannot be read
     */
    public Optional<Usage> usage() {
        OptionalLong bytes = bytes();
        Optional<String> statistics = folder.read(libc, "memory.stat");
        if (bytes.isEmpty() || statistics.isEmpty()) {
            return Optional.empty();
        }
        // Version 1 has a second set of figures that count the groups below in, as the usage does.
        OptionalLong inactive = FlatKeyed.value(statistics.get(), isV2() ? "inactive_file" : "total_inactive_file");
        return Optional.of(new Usage(bytes.getAsLong(), inactive.orElse(0)));
    }

    /**
     * All that is accounted to the group and those below it, cached files included. One small file to read: while this is
     * below a limit, so are the processes, but for what they share with others.
     *
     * @return as {@link #usage()}
     */
    public OptionalLong bytes() {
        Optional<String> text = folder.read(libc, isV2() ? "memory.current" : "memory.usage_in_bytes");
        return text.isEmpty() ? OptionalLong.empty() : FlatKeyed.number(text.get());
    }

    private boolean isV2() {
        return folder.version() == CgroupVersion.V2;
    }
}
