package dev.gatun.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesSettingsTest {

    @Test
    void whatIsNotSetHasADefault() {
        KubernetesSettings settings = KubernetesSettings.of(LauncherSettings.NONE);

        assertThat(settings.startTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.imageTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.killGrace()).isZero();
        assertThat(settings.keep()).isFalse();
        assertThat(settings.launcher())
                .startsWith("gatun-")
                .isNotEqualTo(KubernetesSettings.of(LauncherSettings.NONE).launcher());
    }

    @Test
    void theLaunchersSettingsForPodsHoldUntilALaunchSaysOtherwise() {
        KubernetesSettings settings = KubernetesSettings.of(
                new LauncherSettings(Map.of("image", "usual", "image-pull-policy", "Never", "keep", "true")));

        PodSettings pod = PodSettings.of(settings.podDefaults(), Map.of("image", "special"));

        assertThat(pod.image()).contains("special");
        assertThat(pod.imagePullPolicy()).contains("Never");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            launcher          | -x          | the setting launcher is "-x"
            imagee            | x           | has no setting "imagee"; it has: active-deadline, annotations, context
            image-pull-policy | sometimes   | expected one of Always, IfNotPresent, Never
            labels            | a           | expected name=value
            labels            | dev.gatun/launcher=x | expected other names than dev.gatun/
            start-timeout     | soon        | expected a duration
            active-deadline   | 10ms        | expected at least 1s
            pod-security      | strict      | expected one of restricted, none
            """)
    void aWrongSettingIsRefusedInOneSentence(String name, String value, String words) {
        assertThatThrownBy(() -> KubernetesSettings.of(new LauncherSettings(Map.of(name, value))))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"a/b", "a/b/c/d", "/b/c", "a//c", "a/b/", "''"})
    void aHandleHasThreeParts(String text) {
        assertThatThrownBy(() -> PodHandle.parse(text))
                .isInstanceOf(LauncherException.class)
                .hasMessageContaining("expected namespace/name/uid");
    }
}
