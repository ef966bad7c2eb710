package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Rlimit;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcBind;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitPlanTest {

    private static final NumaNodes TWO_NODES =
            new NumaNodes(set(0, 1, 2, 3), Map.of(0, set(0, 1), 1, set(2, 3)));

    @Test
    void aPlainProgram() {
        Map<String, Object> plan = plan(LaunchOptions.builder("/bin/a", "b"));
        assertThat(plan)
                .containsEntry("Description", "of it")
                .containsEntry("Type", "exec")
                .containsEntry("AddRef", true)
                .containsEntry("RemainAfterExit", false)
                .containsEntry("CollectMode", "inactive-or-failed")
                .containsEntry("KillMode", "control-group")
                .containsEntry("TimeoutStartUSec", 30_000_000L)
                .containsEntry("TimeoutStopUSec", 10_000_000L)
                .hasSize(9);
        assertThat(command(plan)).containsExactly("/bin/a", List.of("/bin/a", "b"), false);
    }

    @Test
    void whatOutlivesUsIsKeptUntilItIsAskedFor() {
        assertThat(plan(LaunchOptions.builder("/bin/a").diesWithLauncher(false)))
                .containsEntry("RemainAfterExit", true)
                .containsEntry("CollectMode", "inactive");
    }

    @Test
    void noVariableOfAnArgumentIsReplaced() {
        assertThat(command(plan(LaunchOptions.builder("/bin/a", "$HOME", "${X}%n").argument0("my$"))))
                .containsExactly("/bin/a", List.of("my$$", "$$HOME", "$${X}%n"), false);
    }

    @Test
    void everyOptionHasItsProperty() {
        assertThat(plan(LaunchOptions.builder("a")
                .workingDirectory("/srv")
                .user(new ProcUser("nobody", Optional.of("daemon")))
                .limits(ResourceLimits.NONE.withMemoryBytes(1024).withProcessors(1.5).withProcesses(7))
                .rlimits(List.of(new Rlimit(Rlimit.Resource.NOFILE, 10, Rlimit.UNLIMITED)))
                .cgroup("/sys/fs/cgroup/batch.slice/batch-night.slice")))
                .containsEntry("WorkingDirectory", "/srv")
                .containsEntry("User", "nobody")
                .containsEntry("Group", "daemon")
                .containsEntry("MemoryMax", 1024L)
                .containsEntry("MemorySwapMax", 0L)
                .containsEntry("CPUQuotaPerSecUSec", 1_500_000L)
                .containsEntry("TasksMax", 7L)
                .containsEntry("LimitNOFILE", -1L)
                .containsEntry("LimitNOFILESoft", 10L)
                .containsEntry("Slice", "batch-night.slice");
    }

    @Test
    void bindsToNodesWhereThereAreAny() {
        assertThat(plan(LaunchOptions.builder("a").bind(ProcBind.nodes("1"))))
                .containsEntry("CPUAffinity", new byte[]{0b1100})
                .containsEntry("NUMAPolicy", 2)
                .containsEntry("NUMAMask", new byte[]{0b10});
        assertThat(plan(LaunchOptions.builder("a").bind(ProcBind.cpus("0,2-3"))))
                .containsEntry("CPUAffinity", new byte[]{0b1101})
                .doesNotContainKey("NUMAPolicy");
    }

    @Test
    void settingsOfOneLaunch() {
        Map<String, Object> plan = plan(LaunchOptions.builder("a").settings(Map.of(
                "slice", "batch.slice", "stop-timeout", "3s", "property.OOMPolicy", "continue",
                "property.IOWeight", "infinity", "property.Nice", "-5")));
        assertThat(plan)
                .containsEntry("Slice", "batch.slice")
                .containsEntry("TimeoutStopUSec", 3_000_000L)
                .containsEntry("OOMPolicy", "continue")
                .containsEntry("IOWeight", -1L)
                .containsEntry("Nice", -5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "flavour                | x     | a launch by systemd has no setting \"flavour\"; it has: binds-to, property.NAME, slice, stop-timeout",
        "property.ExecStart     | x     | a launch cannot set the unit property \"ExecStart\"; it can set: CPUWeight, DynamicUser",
        "property.Nice          | high  | the setting property.Nice is \"high\"; expected a whole number",
        "property.PrivateTmp    | maybe | the setting property.PrivateTmp is \"maybe\"; expected true or false",
        "slice                  | a/b   | the setting slice is \"a/b\"; expected the name of a slice, such as batch.slice",
        "stop-timeout           | soon  | the setting stop-timeout is \"soon\"; expected a duration"
    })
    void refusesSettingsInOneSentence(String name, String value, String message) {
        assertThatThrownBy(() -> UnitSettings.ofLaunch(Map.of(name, value), UnitSettings.DEFAULT))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesOptionsThatSystemdCannotBeTold() {
        assertThatThrownBy(() -> plan(LaunchOptions.builder("bin/a"))).hasMessageContaining("absolute path");
        assertThatThrownBy(() -> plan(LaunchOptions.builder("a").cgroup("/sys/fs/cgroup/mine")))
                .hasMessageContaining("ends in .slice");
        assertThatThrownBy(() -> plan(LaunchOptions.builder("a").bind(ProcBind.cpus("9"))))
                .hasMessageContaining("there is no processor {9}");
        assertThatThrownBy(() -> plan(LaunchOptions.builder("a").bind(ProcBind.cpus("3-1"))))
                .hasMessageContaining("no list of numbers");
    }

    @ParameterizedTest
    @CsvSource({
        "bus, elsewhere, 'expected user, system, or an address'",
        "prefix, My-Units, lower case letters",
        "start-timeout, 0s, above 0",
        "colour, red, the systemd launcher has no setting"
    })
    void refusesSettingsOfTheLauncher(String name, String value, String message) {
        assertThatThrownBy(() -> SystemdSettings.of(new LauncherSettings(Map.of(name, value))))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining(message);
    }

    private static Map<String, Object> plan(LaunchOptions.Builder builder) {
        LaunchOptions options = builder.build();
        UnitSettings settings = UnitSettings.ofLaunch(options.settings(), UnitSettings.DEFAULT);
        return UnitPlan.of(options, settings, new UnitPlan.Surroundings(
                252, "of it", Duration.ofSeconds(30), Optional.empty(), Optional.empty(), Optional.empty(),
                TWO_NODES))
                .stream()
                .collect(Collectors.toMap(UnitProperty::name, UnitProperty::value));
    }

    private static Object[] command(Map<String, Object> plan) {
        return (Object[]) ((List<?>) plan.get("ExecStart")).getFirst();
    }

    private static BitSet set(int... members) {
        BitSet set = new BitSet();
        for (int member : members) {
            set.set(member);
        }
        return set;
    }
}
