package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerLabelsTest {

    @Test
    void whatIsWrittenIsRead() {
        ContainerLabels labels = new ContainerLabels("token", "proc / é", 10_000, true, false);
        assertThat(ContainerLabels.read(labels.toMap(Instant.EPOCH))).contains(labels);
        assertThat(labels.toMap(Instant.EPOCH))
                .containsEntry("dev.gatun.launcher", "token")
                .containsEntry("dev.gatun.proc", "proc / é")
                .containsEntry("dev.gatun.started", "1970-01-01T00:00:00Z");
    }

    @Test
    void whatOthersHaveWrittenDoesNoHarm() {
        assertThat(ContainerLabels.read(Map.of())).isEmpty();
        assertThat(ContainerLabels.read(Map.of("dev.gatun.launcher", "t"))).isEmpty();
        assertThat(ContainerLabels.read(Map.of(
                "dev.gatun.launcher", "t", "dev.gatun.proc", "p", "dev.gatun.tail-lines", "-5")))
                .contains(new ContainerLabels("t", "p", 0, false, false));
    }
}
