package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.DumpKind;
import dev.gatun.service.config.DumpSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DumpPlanTest {

    private static DumpPlan plan(Optional<DumpKind> kind, ConfigType type, String folder) {
        DumpSettings settings = new DumpSettings(kind, folder, List.of("gcore", "{{PID}}"), Duration.ofSeconds(9));
        return DumpPlan.of(settings, type, CString.of("/opt/it"), "it", CString.listOf("A=b"));
    }

    @Test
    void aJavaServiceHasAHeapAndOthersACommand() {
        assertThat(plan(Optional.empty(), ConfigType.JAVA, "x").kind()).isEqualTo(DumpKind.HEAP);
        assertThat(plan(Optional.empty(), ConfigType.PYTHON, "x").kind()).isEqualTo(DumpKind.COMMAND);
        assertThat(plan(Optional.empty(), ConfigType.EXECUTABLE, "x").kind()).isEqualTo(DumpKind.COMMAND);
    }

    @Test
    void aKindThatIsSetCounts() {
        assertThat(plan(Optional.of(DumpKind.JFR), ConfigType.PYTHON, "x").kind()).isEqualTo(DumpKind.JFR);
    }

    @Test
    void theFolderIsRelativeToTheDistRoot() {
        assertThat(plan(Optional.empty(), ConfigType.JAVA, "var/log").folder()).hasToString("/opt/it/var/log");
        assertThat(plan(Optional.empty(), ConfigType.JAVA, "/dumps").folder()).hasToString("/dumps");
    }
}
