package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.ResourceLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitCheckTest {

    private static final ResourceLimits LIMITS = ResourceLimits.NONE.withMemoryBytes(4096).withProcesses(5);

    @TempDir
    private Path mount;

    @Test
    void objectsToALimitThatIsNotKept() throws IOException {
        Files.writeString(mount.resolve("cgroup.controllers"), "memory pids\n");
        Path group = Files.createDirectory(mount.resolve("a.service"));
        Files.writeString(group.resolve("memory.max"), "4096\n");
        assertThat(LimitCheck.missing(mount, "/a.service", LIMITS)).contains("the number of processes");
        Files.writeString(group.resolve("pids.max"), "max\n");
        assertThat(LimitCheck.missing(mount, "/a.service", LIMITS)).contains("the number of processes");
        Files.writeString(group.resolve("pids.max"), "5\n");
        assertThat(LimitCheck.missing(mount, "/a.service", LIMITS)).isEmpty();
    }

    @Test
    void hasNothingToSayOfWhatItCannotSee() throws IOException {
        assertThat(LimitCheck.missing(mount, "/a.service", LIMITS)).isEmpty();
        Files.writeString(mount.resolve("cgroup.controllers"), "memory pids\n");
        assertThat(LimitCheck.missing(mount, "/gone.service", LIMITS)).isEmpty();
        assertThat(LimitCheck.missing(mount, "", LIMITS)).isEmpty();
    }
}
