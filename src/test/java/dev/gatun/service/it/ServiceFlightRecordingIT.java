package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service's launcher tells the flight recorder. */
class ServiceFlightRecordingIT {

    @TempDir
    private Path folder;

    private Gatun recorded(Gatun run, Path file) {
        return run.with("GATUN_JAVA_OPTS",
                "-XX:StartFlightRecording:settings=none,+dev.gatun.*#enabled=true,filename=" + file);
    }

    private static List<RecordedEvent> named(Path file, String name) {
        try {
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(name)).toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void elevenStepsInTheirOrder() {
        Path file = folder.resolve("steps.jfr");
        Dist dist = Example.HELLO.in(folder).edit(Dist.STATIC, "drainSeconds: 2 ", "drainSeconds: 0 ");
        try (RunningGatun gatun = recorded(dist.service(), file).start()) {
            Http.await(dist.port(8081), "/ready", 200);
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
        }
        List<RecordedEvent> steps = named(file, "dev.gatun.LaunchStep");
        assertThat(steps).extracting(event -> event.getInt("number"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 11).boxed().toList());
        assertThat(steps).extracting(event -> event.getString("step")).containsExactly("config", "cpu", "memory",
                "directories", "limits", "command", "spawn", "pid file", "readiness", "watchdog", "sub-processes");
        assertThat(steps).allMatch(event -> !event.getBoolean("failed") && !event.getString("result").isEmpty());
        assertThat(steps.getLast().getString("service")).isEqualTo("hello");
        assertThat(named(file, "dev.gatun.Spawn")).isNotEmpty();
        assertThat(named(file, "dev.gatun.ProcessTransition"))
                .extracting(event -> event.getString("to"))
                .containsSubsequence("STARTING", "RUNNING", "READY", "STOPPING", "EXITED");
        assertThat(named(file, "dev.gatun.SignalForwarded"))
                .anyMatch(event -> event.getInt("senderPid") == Kernel.ownPid());
    }

    @Test
    void stepThatFailed() {
        Path file = folder.resolve("failed.jfr");
        Dist dist = Dist.shell(folder, "exit 0", "dirs: [service/bin/launcher-static.yml/x]");
        assertThat(recorded(dist.service(), file).finish().code()).isEqualTo(1);
        RecordedEvent last = named(file, "dev.gatun.LaunchStep").getLast();
        assertThat(last.getString("step")).isEqualTo("directories");
        assertThat(last.getBoolean("failed")).isTrue();
    }

    @Test
    void samplesOfTheWatchdog() {
        Path file = folder.resolve("watchdog.jfr");
        Dist dist = Dist.example(folder, "memory-hog")
                .edit(Dist.STATIC, "pollIntervalSeconds: 1", "pollIntervalSeconds: 0.1");
        assertThat(recorded(dist.service(), file).finish().code()).isEqualTo(143);
        List<RecordedEvent> samples = named(file, "dev.gatun.WatchdogSample");
        assertThat(samples).extracting(event -> event.getString("level"))
                .containsSubsequence("soft_warning", "hard_limit");
        assertThat(samples)
                .allMatch(event -> event.getLong("limitBytes") == 96L << 20 && event.getLong("usedBytes") > 0);
    }
}
