package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFileTest {

    private static final Instant MOMENT = Instant.parse("2026-01-02T03:04:05.678Z");

    private final Libc libc = new SystemLibc();

    @TempDir
    Path root;

    private DumpFile in(String folder) {
        return new DumpFile(CString.of(root + "/" + folder), "it", 12, MOMENT, "hprof");
    }

    @Test
    void theNameTellsWhoseItIsAndWhenItWasTaken() {
        assertThat(in("logs").path()).hasToString(root + "/logs/it-12-20260102-030405.hprof");
    }

    @Test
    void aSlashInTheNameDoesNotLeadAnywhere() {
        DumpFile file = new DumpFile(CString.of("/logs"), "../it", 12, MOMENT, "jfr");
        assertThat(file.path()).hasToString("/logs/.._it-12-20260102-030405.jfr");
    }

    @Test
    void theFolderIsMadeWithThoseAboveIt() {
        in("a//b/c/").makeFolder(libc);
        assertThat(root.resolve("a/b/c")).isDirectory();
        in("a//b/c/").makeFolder(libc);
    }
}
