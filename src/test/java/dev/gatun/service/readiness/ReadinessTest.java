package dev.gatun.service.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.StandardStream;
import dev.gatun.linux.SystemLibc;
import dev.gatun.log.Level;
import dev.gatun.log.Log;
import dev.gatun.log.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {
    private static final SystemLibc LIBC = new SystemLibc();
    private static final Log LOG = new Log(LIBC, StandardStream.error(LIBC), "test", Level.ERROR, LogFormat.TEXT);

    @TempDir
    Path folder;

    @Test
    void beginsNotReadyAndSaysWhy() {
        Readiness readiness = new Readiness(LOG, Optional.empty());
        assertThat(readiness.isReady()).isFalse();
        assertThat(readiness.reason()).isEqualTo("not started yet");
        readiness.notReady("check failed");
        assertThat(readiness.reason()).isEqualTo("check failed");
        readiness.ready();
        assertThat(readiness.isReady()).isTrue();
        assertThat(readiness.reason()).isEmpty();
    }

    @Test
    void hasAFileWhileItIsReady() throws IOException {
        Path file = folder.resolve("var/run/ready");
        Readiness readiness = new Readiness(LOG, Optional.of(file));
        assertThat(file).doesNotExist();
        readiness.ready();
        assertThat(file).hasContent("ready\n");
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
        readiness.notReady("draining");
        assertThat(file).doesNotExist();
    }

    @Test
    void removesTheFileOfALauncherThatWasKilled() throws IOException {
        Path file = Files.writeString(folder.resolve("ready"), "ready\n");
        new Readiness(LOG, Optional.of(file));
        assertThat(file).doesNotExist();
    }

    @Test
    void goesOnWithoutAFileThatCannotBeWritten() {
        Readiness readiness = new Readiness(LOG, Optional.of(Path.of("/proc/nowhere/ready")));
        readiness.ready();
        assertThat(readiness.isReady()).isTrue();
        readiness.notReady("draining");
        assertThat(readiness.isReady()).isFalse();
    }
}
