package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatienceTest {

    @TempDir
    Path folder;

    /** As the start script has it: in such a JVM nothing can interrupt a thread that reads, nor close its channel. */
    @Test
    void itEndsAReadThoughAllSignalsAreBlocked() throws Exception {
        Process jvm = new ProcessBuilder(
                "env", "--block-signal", Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xrs",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                PatienceProgram.class.getName(), folder.resolve("socket").toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(jvm.waitFor(DumpWorld.PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("its end").isTrue();
            assertThat(new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("the read gave -1\n");
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void aPauseEndsWithIt() {
        Patience patience = new Patience();
        assertThat(patience.pause(Duration.ofMillis(1))).isTrue();
        patience.end();
        assertThat(patience.hasEnded()).isTrue();
        assertThat(patience.pause(Duration.ofDays(1))).isFalse();
    }
}
