package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.linux.cgroup.CgroupFolder;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.CgroupVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A group of the memory controller for one test, below our own or, in version 2, where groups may be; removed again. */
record MemoryGroup(CgroupVersion version, Path folder) implements AutoCloseable {

    private static final String NAME = "gatun-test-" + ProcessHandle.current().pid();

    static MemoryGroup create() {
        List<CgroupFolder> places = CgroupMembership.own(LIBC)
                .controller("memory")
                .map(CgroupFolder::upwards)
                .orElse(List.of());
        for (CgroupFolder place : places) {
            if (isFree(place)) {
                try {
                    return new MemoryGroup(
                            place.version(), Files.createDirectory(Path.of(place.path()).resolve(NAME)));
                } catch (IOException readOnly) {
                    // Root "may write" what is mounted read-only.
                    continue;
                }
            }
        }
        assumeTrue(false, "skipped: no cgroup with a memory controller here that may be written; looked at " + places);
        throw new AssertionError();
    }

    /** In version 2 the groups below one have a controller only if it says so. */
    private static boolean isFree(CgroupFolder place) {
        return place.isWritable(LIBC) && (place.version() == CgroupVersion.V1
                || place.read(LIBC, "cgroup.subtree_control").orElse("").contains("memory"));
    }

    /** A group in it. */
    MemoryGroup child() throws IOException {
        if (version == CgroupVersion.V2) {
            write("cgroup.subtree_control", "+memory");
        }
        return new MemoryGroup(version, Files.createDirectory(folder.resolve("child")));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    MemoryGroup limited(long bytes) throws IOException {
        write(limitFile(), Long.toString(bytes));
        // Without this, what is too much would go to the swap space, where there is one.
        if (version == CgroupVersion.V2) {
            write("memory.swap.max", "0");
        } else {
            write("memory.swappiness", "0");
        }
        return this;
    }

    String limitFile() {
        return version == CgroupVersion.V2 ? "memory.max" : "memory.limit_in_bytes";
    }

    /** A process in it. */
    Servant servant() {
        CString procs = CString.of(folder.resolve("cgroup.procs").toString());
        return Servant.start(tape -> tape.cgroup(procs));
    }

    CgroupMembership membership(Servant servant) {
        CgroupMembership membership = CgroupMembership.of(LIBC, servant.pid());
        assertThat(membership.controller("memory").map(CgroupFolder::path)).contains(folder.toString());
        return membership;
    }

    @Override
    public void close() {
        // Processes are dead before they have left their group.
        Kernel.await("removal of " + folder, () -> folder.toFile().delete());
    }
}
