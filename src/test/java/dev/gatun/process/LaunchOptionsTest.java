package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Rlimit;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LaunchOptionsTest {

    private static LaunchOptions.Builder options() {
        return LaunchOptions.builder("prog", "a");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(() -> LaunchOptions.builder("").build(), "the program has no name"),
                refusal(() -> LaunchOptions.builder("a\0b").build(), "the program has a zero character in it"),
                refusal(() -> LaunchOptions.builder("a", "\0").build(), "an argument has a zero character in it"),
                refusal(() -> options().tailLines(-1).build(), "a tail has 0 to 10000 lines, not -1"),
                refusal(() -> options().tailLines(10_001).build(), "a tail has 0 to 10000 lines, not 10001"),
                refusal(() -> options().environment(Map.of("a=b", "c")).build(),
                        "a variable's name has no \"=\" and is not empty: \"a=b\""),
                refusal(() -> options().environment(Map.of("", "c")).build(),
                        "a variable's name has no \"=\" and is not empty: \"\""),
                refusal(() -> options().environment(Map.of("secret", "c\0")).build(),
                        "the variable secret has a zero character in it"),
                refusal(() -> ResourceLimits.NONE.withMemoryBytes(0), "a memory limit is above 0 bytes, not 0"),
                refusal(() -> ResourceLimits.NONE.withProcessors(Double.NaN),
                        "a limit of processors is above 0, not NaN"),
                refusal(() -> ResourceLimits.NONE.withProcesses(-2), "a limit of processes is above 0, not -2"),
                refusal(() -> new ProcId(""), "the name of a process has 1 to 255 bytes, this one has 0"),
                refusal(() -> new ProcId("\u20ac".repeat(86)),
                        "the name of a process has 1 to 255 bytes, this one has 258"),
                refusal(() -> new ProcId("a\nb"), "the name of a process has no control characters"),
                refusal(() -> Supervision.DEFAULT.withLaunchTimeout(Duration.ZERO),
                        "a launch timeout is above zero, not PT0S"),
                refusal(() -> Supervision.DEFAULT.withStopTimeout(Duration.ofSeconds(-1)), null));
    }

    private static Arguments refusal(ThrowingCallable wrong, String sentence) {
        return Arguments.of(wrong, sentence);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refuses(ThrowingCallable wrong, String sentence) {
        assertThatThrownBy(wrong).isInstanceOf(IllegalArgumentException.class).satisfies(problem -> {
            if (sentence != null) {
                assertThat(problem).hasMessage(sentence);
            }
        });
    }

    @Test
    void payloadNameAndChannelWinOverTheEnvironment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("B", "2");
        environment.put(LaunchOptions.BOOTSTRAP_VARIABLE, "caller's");
        LaunchOptions all = options().environment(environment).bootstrapPayload("p").processName("n").logChannel("l")
                .build();
        assertThat(all.variables()).containsExactly(
                Map.entry("B", "2"), Map.entry("HYPERACTOR_MESH_BOOTSTRAP_MODE", "p"),
                Map.entry("HYPERACTOR_PROCESS_NAME", "n"), Map.entry("BOOTSTRAP_LOG_CHANNEL", "l"));
        assertThat(options().environment(environment).build().variables())
                .as("none of the three is set where it is not given")
                .containsExactly(Map.entry("B", "2"), Map.entry("HYPERACTOR_MESH_BOOTSTRAP_MODE", "caller's"));
    }

    @Test
    void neverShowsValuesOfTheEnvironment() {
        assertThat(options().environment(Map.of("TOKEN", "hunter2")).bootstrapPayload("hunter2").build().toString())
                .isEqualTo("LaunchOptions[prog, a][TOKEN]");
    }

    static Stream<Arguments> needs() {
        return Stream.of(
                Arguments.of(options(), null),
                Arguments.of(options().limits(ResourceLimits.NONE.withProcesses(3)), LauncherFeature.LIMITS),
                Arguments.of(options().rlimits(List.of(new Rlimit(Rlimit.Resource.CORE, 0, 0))),
                        LauncherFeature.RLIMITS),
                Arguments.of(options().bind(ProcBind.cpus("0")), LauncherFeature.BINDING),
                Arguments.of(options().user(new ProcUser("web", Optional.empty())), LauncherFeature.USER),
                Arguments.of(options().workingDirectory("/"), LauncherFeature.WORKING_DIRECTORY),
                Arguments.of(options().cgroup("/sys/fs/cgroup/x"), LauncherFeature.CGROUP));
    }

    @ParameterizedTest
    @MethodSource("needs")
    void whatALauncherCannotDoIsAnObjection(LaunchOptions.Builder options, LauncherFeature needed) {
        LaunchOptions built = options.build();
        assertThat(built.needs()).isEqualTo(needed == null ? java.util.Set.of() : java.util.Set.of(needed));
        assertThat(Capabilities.of().objection("paper", built))
                .isEqualTo(Optional.ofNullable(needed)
                        .map(feature -> "the paper launcher cannot " + feature.ability()));
        assertThat(Capabilities.of(LauncherFeature.values()).objection("paper", built)).isEmpty();
    }

    @Test
    void settingsAreReadStrictly() {
        LauncherSettings settings = new LauncherSettings(Map.of(
                "command", "python3  \"a b.py\" '' x\"y z\"", "timeout", "1m30s", "keep", "true", "odd", "maybe",
                "open", "a 'b"));
        assertThat(settings.words("command")).containsExactly("python3", "a b.py", "", "xy z");
        assertThat(settings.words("absent")).isEmpty();
        assertThat(settings.duration("timeout", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.duration("absent", Duration.ofSeconds(7))).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.flag("keep", false)).isTrue();
        assertThatThrownBy(() -> settings.flag("odd", false))
                .hasMessage("launcher error: the setting odd is \"maybe\"; expected true or false");
        assertThatThrownBy(() -> settings.duration("odd", Duration.ZERO))
                .hasMessage("launcher error: the setting odd is \"maybe\"; expected a duration such as 500ms or 1m30s");
        assertThatThrownBy(() -> settings.words("open"))
                .hasMessage("launcher error: the setting open is \"a 'b\"; expected a closing '");
        assertThatThrownBy(() -> settings.allow("paper", "keep", "command", "timeout", "open"))
                .hasMessage(
                        "launcher error: the paper launcher has no setting \"odd\"; it has: command, keep, open, timeout");
    }
}
