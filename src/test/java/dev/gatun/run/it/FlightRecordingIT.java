package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Gatun tells the flight recorder, and that it costs nothing where nobody records. */
class FlightRecordingIT {

    @TempDir
    private Path folder;

    @Test
    void holdsSpawnsTransitionsAndSignalsWithTheirSender() throws IOException {
        Path file = folder.resolve("run.jfr");
        Gatun run =
                Gatun.run("--rewrite", "USR1:USR2", "--restart=on-failure", "--backoff=1ms..1ms", "--max-restarts=1")
                        .with("GATUN_JAVA_OPTS",
                                "-XX:StartFlightRecording:settings=none,+dev.gatun.*#enabled=true,filename=" + file)
                        .command(Python.script("recorder.py", "--end", "12=4", "child"));
        long first;
        try (RunningGatun gatun = run.start()) {
            first = gatun.awaitReady("child");
            gatun.signal(Kernel.USR1);
            gatun.out().await("ready pid (?!" + first + " )");
            gatun.signal(Kernel.USR1);
            assertThat(gatun.await().code()).isEqualTo(4);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);

        List<RecordedEvent> spawns = named(events, "dev.gatun.Spawn");
        assertThat(spawns).extracting(event -> event.getInt("attempt")).containsExactly(1, 2);
        assertThat(spawns.getFirst().getInt("pid")).isEqualTo((int) first);
        assertThat(spawns).allMatch(event -> event.getInt("steps") >= 7 && event.getString("failedStep").isEmpty());
        assertThat(spawns).allMatch(event -> event.getDuration().isPositive());

        List<RecordedEvent> signals = named(events, "dev.gatun.SignalForwarded");
        assertThat(signals).hasSize(2);
        assertThat(signals).allMatch(event -> event.getInt("senderPid") == Kernel.ownPid());
        assertThat(signals.getFirst().getString("received")).isEqualTo("SIGUSR1");
        assertThat(signals.getFirst().getString("sent")).isEqualTo("SIGUSR2");
        assertThat(signals.getFirst().getInt("pid")).isEqualTo((int) first);

        assertThat(named(events, "dev.gatun.ProcessTransition"))
                .extracting(event -> event.getString("to"))
                .containsSubsequence("STARTING", "RUNNING", "BACKING_OFF", "STARTING", "RUNNING", "FAILED");
    }

    @Test
    void failedSpawnIsRecordedWithItsStep() throws IOException {
        Path file = folder.resolve("failed.jfr");
        Gatun run = Gatun.run("--cwd=/no/such/folder").command("true")
                .with("GATUN_JAVA_OPTS",
                        "-XX:StartFlightRecording:settings=none,+dev.gatun.*#enabled=true,filename=" + file);
        assertThat(run.finish().code()).isEqualTo(125);
        List<RecordedEvent> spawns = named(RecordingFile.readAllEvents(file), "dev.gatun.Spawn");
        assertThat(spawns).hasSize(1);
        assertThat(spawns.getFirst().getString("failedStep")).contains("chdir(/no/such/folder)", "ENOENT");
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
    }

    /** Neither do descriptors of the recording leak into the child. */
    @Test
    void recordingKeepsItsFilesToItself() {
        Gatun run = Gatun.run().command(Python.script("descriptors.py"))
                .with("GATUN_JAVA_OPTS", "-XX:StartFlightRecording:filename=" + folder.resolve("x.jfr"));
        assertThat(run.finish().out().lines().map(line -> line.split(" ")[0])).containsExactly("0", "1", "2");
    }

    @Test
    void nothingOfItIsLoadedWithoutARecording() throws IOException {
        Path classes = folder.resolve("classes");
        Gatun run = Gatun.run("-v").with("GATUN_JAVA_OPTS", "-Xlog:class+load:file=" + classes)
                .command(Python.script("recorder.py", "--end", "15=0", "child"));
        try (RunningGatun gatun = run.start()) {
            gatun.awaitReady("child");
            gatun.signal(Kernel.USR1);
            gatun.out().await("got 10");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
        }
        List<String> loaded = Files.readAllLines(classes);
        assertThat(loaded).anyMatch(line -> line.contains(" dev.gatun.run.RunSession "));
        assertThat(loaded).noneMatch(line -> line.contains(" dev.gatun.events.") && line.contains("Event "));
        assertThat(loaded).noneMatch(line -> line.contains(" jdk.jfr.Event ") || line.contains(" jdk.jfr.internal."));
    }
}
