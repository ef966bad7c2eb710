package dev.gatun.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.SystemLibc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLimitsTest {

    @TempDir
    private Path folder;

    private CgroupLimits limits(CgroupVersion version) {
        return new CgroupLimits(new SystemLibc(), new CgroupFolder(version, folder.toString(), folder.toString()));
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    @Test
    void readsVersion2() throws IOException {
        write("memory.max", "536870912\n");
        write("cpu.max", "150000 100000\n");
        write("pids.max", "4096\n");
        CgroupLimits limits = limits(CgroupVersion.V2);
        assertThat(limits.memoryBytes()).hasValue(512L << 20);
        assertThat(limits.cpus()).hasValue(1.5);
        assertThat(limits.tasks()).hasValue(4096);
    }

    @Test
    void readsVersion1() throws IOException {
        write("memory.limit_in_bytes", "536870912\n");
        write("cpu.cfs_quota_us", "50000\n");
        write("cpu.cfs_period_us", "100000\n");
        write("pids.max", "7\n");
        CgroupLimits limits = limits(CgroupVersion.V1);
        assertThat(limits.memoryBytes()).hasValue(512L << 20);
        assertThat(limits.cpus()).hasValue(0.5);
        assertThat(limits.tasks()).hasValue(7);
    }

    @Test
    void unlimitedIsEmptyInBoth() throws IOException {
        write("memory.max", "max\n");
        write("cpu.max", "max 100000\n");
        write("pids.max", "max\n");
        write("memory.limit_in_bytes", "9223372036854771712\n");
        write("cpu.cfs_quota_us", "-1\n");
        write("cpu.cfs_period_us", "100000\n");
        for (CgroupVersion version : CgroupVersion.values()) {
            assertThat(limits(version).memoryBytes()).isEmpty();
            assertThat(limits(version).cpus()).isEmpty();
            assertThat(limits(version).tasks()).isEmpty();
        }
    }

    /** The root group has none of the files. */
    @Test
    void noFileIsNoLimit() {
        for (CgroupVersion version : CgroupVersion.values()) {
            assertThat(limits(version).memoryBytes()).isEmpty();
            assertThat(limits(version).cpus()).isEmpty();
            assertThat(limits(version).tasks()).isEmpty();
        }
    }

    @Test
    void pagesOf64KiBHaveAnotherLargestNumber() {
        assertThat(CgroupLimits.limit(Long.toString(Long.MAX_VALUE & -65536))).isEmpty();
        assertThat(CgroupLimits.limit("0")).hasValue(0);
    }

    @Test
    void halfWrittenTextsAreNoLimit() {
        assertThat(CgroupLimits.ratio("100000")).isEmpty();
        assertThat(CgroupLimits.ratio("100000 0")).isEmpty();
        assertThat(CgroupLimits.ratio("")).isEmpty();
    }
}
