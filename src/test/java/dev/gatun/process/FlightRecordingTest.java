package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.Policy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecordingTest {

    private final RealWorld world = new RealWorld();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        world.close();
    }

    private List<RecordedEvent> record(Runnable deed) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.gatun.Spawn");
            recording.enable("dev.gatun.ProcessTransition");
            recording.start();
            deed.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static List<RecordedEvent> of(List<RecordedEvent> events, String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
    }

    @Test
    void aStartAndEachTransitionAreRecorded() throws IOException {
        SupervisedProcess process = world.add("recorded", world.shell("exit 6"), Policy.DEFAULT);
        List<RecordedEvent> events = record(() -> {
            process.start();
            world.untilOver(process);
        });
        assertThat(of(events, "dev.gatun.Spawn")).singleElement().satisfies(spawn -> {
            assertThat(spawn.getString("process")).isEqualTo("recorded");
            assertThat(spawn.getInt("pid")).isEqualTo(process.pid());
            assertThat(spawn.getInt("attempt")).isEqualTo(1);
            assertThat(spawn.getInt("steps")).isPositive();
            assertThat(spawn.getString("failedStep")).isEmpty();
            assertThat(spawn.getDuration()).isPositive();
        });
        List<RecordedEvent> transitions = of(events, "dev.gatun.ProcessTransition");
        assertThat(transitions).extracting(event -> event.getString("to")).containsExactly("STARTING", "RUNNING",
                "EXITED");
        assertThat(transitions).extracting(event -> event.getString("from")).containsExactly("IDLE", "STARTING",
                "RUNNING");
        assertThat(transitions.getLast().getString("cause")).isEqualTo("EXIT_OBSERVED");
        assertThat(transitions.getLast().getString("reason")).isEqualTo("exit code 6");
        assertThat(transitions.getLast().getInt("pid")).isEqualTo(process.pid());
    }

    @Test
    void aFailedStartIsRecordedWithItsStep() throws IOException {
        SupervisedProcess process = world.add("failing", world.program("/nowhere/program"), Policy.DEFAULT);
        List<RecordedEvent> events = record(process::start);
        assertThat(of(events, "dev.gatun.Spawn")).singleElement().satisfies(spawn -> {
            assertThat(spawn.getInt("pid")).isZero();
            assertThat(spawn.getString("failedStep")).contains("execve(/nowhere/program): ENOENT");
        });
    }
}
