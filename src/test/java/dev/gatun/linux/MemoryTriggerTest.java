package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.linux.cgroup.CgroupFolder;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.CgroupVersion;
import dev.gatun.linux.cgroup.LimitEvents;
import dev.gatun.linux.cgroup.MemoryTrigger;
import dev.gatun.linux.cgroup.PressureStall;
import dev.gatun.linux.cgroup.TriggerChoice;
import dev.gatun.linux.cgroup.UsageThreshold;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class MemoryTriggerTest {

    private static final long MIB = 1 << 20;
    private static final String STALLS = "/proc/pressure/memory";

    /** Waits for the trigger, or looks whether it is there: epoll may show a stall only once. */
    private static int readiness(MemoryTrigger trigger, int timeoutMillis) {
        try (Epoll epoll = Epoll.open(LIBC)) {
            epoll.add(trigger.fd(), trigger.interest(), 1);
            return epoll.await(timeoutMillis) == 0 ? 0 : epoll.readiness(0);
        }
    }

    private static void assertComes(MemoryTrigger trigger) {
        int readiness = readiness(trigger, (int) Kernel.PATIENCE.toMillis());
        assertThat(readiness & trigger.interest()).as(trigger.text()).isEqualTo(trigger.interest());
        assertThat(trigger.drain(readiness)).isTrue();
    }

    private static void assertIsQuiet(MemoryTrigger trigger) {
        assertThat(readiness(trigger, 0)).as(trigger.text()).isZero();
    }

    private static void assumeStalls() {
        assumeTrue(Files.exists(Path.of(STALLS)), "skipped: this kernel does not tell of stalls (PSI)");
    }

    @Test
    void aGroupTellsThatItsMemoryIsMoreThanItMayHave() throws Exception {
        try (MemoryGroup group = MemoryGroup.create().limited(256 * MIB); Servant servant = group.servant()) {
            TriggerChoice choice = TriggerChoice.open(LIBC, group.membership(servant), 64 * MIB);
            try (MemoryTrigger trigger = choice.trigger().orElseThrow()) {
                assertThat(choice.text()).isEqualTo(trigger.text());
                switch (group.version()) {
                    case V1 -> assertComesAtTheThreshold(group, servant, trigger);
                    case V2 -> assertComesAtTheLimit(group, servant, trigger);
                }
            }
        }
    }

    private static void assertComesAtTheThreshold(MemoryGroup group, Servant servant, MemoryTrigger trigger) {
        assertThat(trigger).isInstanceOf(UsageThreshold.class);
        assertThat(trigger.text()).isEqualTo(group.folder() + "/memory.usage_in_bytes passes 67108864");
        servant.ask("grow 32");
        assertIsQuiet(trigger);
        int child = servant.pidFrom("fork");
        servant.ask("grow 64");
        assertComes(trigger);
        assertIsQuiet(trigger);
        servant.ask("grow 32");
        assertIsQuiet(trigger);
        assertThat(servant.ask("up")).as("of %s", child).isEqualTo("ended");
        assertComes(trigger);
    }

    private static void assertComesAtTheLimit(MemoryGroup group, Servant servant, MemoryTrigger trigger) {
        assertThat(trigger).isInstanceOf(LimitEvents.class);
        assertThat(trigger.text()).isEqualTo(group.folder() + "/memory.events changes");
        servant.ask("grow 8");
        assertIsQuiet(trigger);
        servant.process().say("grow 512");
        assertComes(trigger);
    }

    /** A file of the disk changes as one of a group does. */
    @Test
    void limitsOfVersion2AreWatchedUpwards(@TempDir Path folder) throws Exception {
        Path child = Files.createDirectories(folder.resolve("a/b"));
        Path own = Files.writeString(child.resolve("memory.events"), "oom 0");
        Path above = Files.writeString(folder.resolve("a/memory.events"), "oom 0");
        List<CgroupFolder> folders =
                new CgroupFolder(CgroupVersion.V2, child.toString(), folder + "/a").upwards();
        try (LimitEvents trigger = LimitEvents.open(LIBC, folders)) {
            assertThat(trigger.text()).isEqualTo(own + " or " + above + " changes");
            assertIsQuiet(trigger);
            for (Path file : List.of(own, above)) {
                Files.writeString(file, "oom 1", StandardOpenOption.APPEND);
                assertComes(trigger);
                assertIsQuiet(trigger);
            }
            Files.delete(own);
            assertThat(readiness(trigger, (int) Kernel.PATIENCE.toMillis())).isEqualTo(Epoll.READABLE);
            assertThat(trigger.drain(Epoll.READABLE)).as("the group is gone").isFalse();
        }
        assertThatThrownBy(() -> LimitEvents.open(LIBC, folders))
                .hasMessage("inotify_add_watch(" + own + "): ENOENT (No such file or directory)");
    }

    /** A file that does not fit into the group is read again and again, and the kernel looks for room all the time. */
    @Test
    void stallsAreTold() throws Exception {
        assumeStalls();
        // Not in the folder for temporary files, which may be memory.
        Path folder = Files.createTempDirectory(Path.of("target"), "stall");
        Path file = folder.resolve("file").toAbsolutePath();
        try (MemoryGroup group = MemoryGroup.create().limited(32 * MIB);
                Servant servant = group.servant();
                PressureStall trigger = PressureStall.open(LIBC, STALLS)) {
            assertThat(trigger.text()).matches(STALLS + " tells of 50 ms in [12]000");
            assertThat(servant.ask("thrash 64 " + file)).isEqualTo("written");
            assertComes(trigger);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    @Test
    void aPressureFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PressureStall.open(LIBC, "/proc/pressure/none"))
                .isInstanceOf(LinuxException.class)
                .hasMessage("open(/proc/pressure/none): ENOENT (No such file or directory)");
        assertThatThrownBy(() -> PressureStall.open(LIBC, "/dev/full"))
                .hasMessage("write(/dev/full, some 50000 1000000): ENOSPC (No space left on device)");
    }

    /** A container's groups are mounted read-only. */
    @Test
    void whereTheGroupIsNotOursStallsAreTheNextBest() {
        assumeStalls();
        Libc readOnly = Kernel.with("open", arguments -> {
            boolean writes = ((int) arguments[1] & 3) != 0;
            String path = ((MemorySegment) arguments[0]).reinterpret(4096).getString(0);
            return writes && !path.startsWith("/proc/")
                    ? -Errno.number("EROFS")
                    : LIBC.open((MemorySegment) arguments[0], (int) arguments[1], (int) arguments[2]);
        });
        try (MemoryGroup group = MemoryGroup.create(); Servant servant = group.servant()) {
            TriggerChoice choice = TriggerChoice.open(readOnly, group.membership(servant), 64 * MIB);
            try (MemoryTrigger trigger = choice.trigger().orElseThrow()) {
                assertThat(trigger).isInstanceOf(PressureStall.class);
                assertThat(choice.text()).startsWith(STALLS + " tells of");
            }
        }
    }

    @Test
    void whereThereIsNothingItSaysWhy() {
        Libc refusing = Kernel.with("open", arguments -> {
            boolean writes = ((int) arguments[1] & 3) != 0;
            return writes
                    ? -Errno.EACCES
                    : LIBC.open((MemorySegment) arguments[0], (int) arguments[1], (int) arguments[2]);
        });
        TriggerChoice choice = TriggerChoice.open(refusing, CgroupMembership.own(LIBC), 64 * MIB);
        assertThat(choice.trigger()).isEqualTo(Optional.empty());
        assertThat(choice.text())
                .startsWith("none: ")
                .endsWith("; open(" + STALLS + "): EACCES (Permission denied)");
        TriggerChoice nowhere = TriggerChoice.open(refusing, CgroupMembership.of(LIBC, 1 << 30), 64 * MIB);
        assertThat(nowhere.text()).isEqualTo(
                "none: there is no memory controller; open(" + STALLS + "): EACCES (Permission denied)");
    }
}
