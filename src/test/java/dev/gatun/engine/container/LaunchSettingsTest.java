package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.LauncherSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchSettingsTest {

    private static LaunchSettings of(Map<String, String> values) {
        return LaunchSettings.of(LauncherSettings.NONE, values);
    }

    @Test
    void whatIsNotSaidIsLeftToTheEngine() {
        LaunchSettings settings = of(Map.of());
        assertThat(settings.image()).isEmpty();
        assertThat(settings.pull()).isEqualTo(PullPolicy.MISSING);
        assertThat(settings.network()).isEmpty();
        assertThat(settings.ports()).isEmpty();
        assertThat(settings.binds()).isEmpty();
        assertThat(settings.labels()).isEmpty();
        assertThat(settings.stopSignal()).isEmpty();
        assertThat(settings.runtime()).isEmpty();
        assertThat(List.of(
                settings.usesEntrypoint(), settings.hasInit(), settings.isReadOnly(), settings.isKept()))
                .containsOnly(false);
    }

    @Test
    void aLaunchSaysMoreThanItsLauncher() {
        LauncherSettings defaults = new LauncherSettings(Map.of("image", "a", "pull", "never", "host", "/h"));
        LaunchSettings settings = LaunchSettings.of(defaults, Map.of("image", "b"));
        assertThat(settings.image()).contains("b");
        assertThat(settings.pull()).isEqualTo(PullPolicy.NEVER);
    }

    @Test
    void listsAreWords() {
        LaunchSettings settings = of(Map.of("ports", "80:80  81:81", "labels", "a=b 'c=d e' f="));
        assertThat(settings.ports()).containsExactly("80:80", "81:81");
        assertThat(settings.labels()).isEqualTo(Map.of("a", "b", "c", "d e", "f", ""));
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> of(Map.of("host", "/h"))).hasMessage(
                "launch failed: the container launcher has no setting \"host\"; it has: binds, entrypoint, image,"
                        + " init, keep, labels, network, ports, pull, read-only, runtime, stop-signal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pull        | often          | always, missing or never",
        "init        | yes            | true or false",
        "keep        | 1              | true or false",
        "entrypoint  | mine           | program or image",
        "labels      | novalue        | name=value, blanks between, and no name that begins with dev.gatun.",
        "labels      | dev.gatun.x=1  | name=value, blanks between, and no name that begins with dev.gatun."})
    void aBadValueIsRefused(String name, String value, String expected) {
        assertThatThrownBy(() -> of(Map.of(name, value))).hasMessage(
                "launch failed: the setting " + name + " is \"" + value + "\"; expected " + expected);
    }
}
