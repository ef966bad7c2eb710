package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Entry into a control group of the test's own, which is removed again. */
@ExtendWith(NoFdLeak.class)
class SpawnTapeCgroupTest {

    private static final String NAME = "gatun-test-" + ProcessHandle.current().pid();

    /** Mounts of v1: the first two account for nothing that a test could upset. */
    private static final List<Path> VERSION_1 = List.of(
            Path.of("/sys/fs/cgroup/freezer"), Path.of("/sys/fs/cgroup/pids"), Path.of("/sys/fs/cgroup/systemd"));

    private static final List<Path> VERSION_2 = List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"));

    /** A group that is there for one test. */
    private record Group(Path folder) implements AutoCloseable {

        static Group create(String version, List<Path> mounts, String mark) {
            Optional<Path> mount = mounts.stream()
                    .filter(path -> Files.exists(path.resolve(mark)) && Files.exists(path.resolve("cgroup.procs")))
                    .filter(Files::isWritable)
                    .findFirst();
            String reason = "skipped: no cgroup " + version + " here that may be written; looked at " + mounts;
            assumeTrue(mount.isPresent(), reason);
            try {
                return new Group(Files.createDirectory(mount.get().resolve(NAME)));
            } catch (IOException readOnly) {
                // Root "may write" what is mounted read-only.
                assumeTrue(false, reason + ": " + readOnly);
                throw new AssertionError(readOnly);
            }
        }

        CString file(String name) {
            return CString.of(folder.resolve(name).toString());
        }

        @Override
        public void close() {
            assertThat(folder.toFile().delete()).as("removed: " + folder).isTrue();
        }
    }

    private static void assertEntersBy(Group group, String file) {
        String before = readOwnGroups();
        try (RealChild child = RealChild.cat(tape -> tape.cgroup(group.file(file)))) {
            assertThat(child.procText("cgroup").lines()).anyMatch(line -> line.endsWith("/" + NAME));
            assertThat(members(group)).isEqualTo(child.pid() + "\n");
        }
        assertThat(members(group)).isEmpty();
        assertThat(readOwnGroups()).as("of this process").isEqualTo(before).doesNotContain(NAME);
    }

    private static String members(Group group) {
        try {
            return Files.readString(group.folder().resolve("cgroup.procs"));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String readOwnGroups() {
        try {
            return Files.readString(Path.of("/proc/self/cgroup"));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void version2() {
        try (Group group = Group.create("v2", VERSION_2, "cgroup.controllers")) {
            assertEntersBy(group, "cgroup.procs");
        }
    }

    @Test
    void version1() {
        try (Group group = Group.create("v1", VERSION_1, "tasks")) {
            assertEntersBy(group, "cgroup.procs");
            assertEntersBy(group, "tasks");
        }
    }

    @Test
    void aGroupOfSomebodyElseIsAFailure() {
        Kernel.assumeRoot("become somebody who is refused");
        try (Group group = Group.create("v1 or v2",
                List.of(VERSION_1.get(0), VERSION_2.get(0), VERSION_2.get(1)), "cgroup.procs")) {
            CString procs = group.file("cgroup.procs");
            assertThat(RealChild.failing(tape -> tape.user(Kernel.NOBODY).cgroup(procs)))
                    .isEqualTo(new SpawnFailure(2, "open", procs + ", O_WRONLY", Errno.EACCES));
            assertThat(members(group)).isEmpty();
            assertThat(LIBC.getuid()).isZero();
        }
    }
}
