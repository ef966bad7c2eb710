package dev.gatun.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatun.process.LaunchOptions;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PodMappingTest {

    private static final ProcId ID = new ProcId("job/1");

    @Test
    void plainOptionsMakeAPlainPod() {
        Pod pod = pod(LaunchOptions.builder("worker", "-v").build(), Map.of("image", "registry/worker:1"));

        assertThat(yaml(pod)).isEqualTo("""
                apiVersion: "v1"
                kind: "Pod"
                metadata:
                  annotations:
                    dev.gatun/proc-id: "job/1"
                    dev.gatun/wants-output: "false"
                    dev.gatun/tail-lines: "20"
                    dev.gatun/dies-with-launcher: "true"
                    dev.gatun/launch: "a-launch"
                  labels:
                    app.kubernetes.io/managed-by: "gatun"
                    dev.gatun/launcher: "me"
                    dev.gatun/proc: "%s"
                  name: "job-1-%1$s"
                  namespace: "space"
                spec:
                  automountServiceAccountToken: false
                  containers:
                  - args:
                    - "-v"
                    command:
                    - "worker"
                    image: "registry/worker:1"
                    name: "main"
                  enableServiceLinks: false
                  restartPolicy: "Never"
                  terminationGracePeriodSeconds: 30
                """.formatted(PodName.hash(ID)));
    }

    @Test
    void everyOptionHasItsPlace() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("HOME", "/data");
        variables.put("PRICE", "5$");
        LaunchOptions options = LaunchOptions.builder("/bin/worker", "$(HOME)", "a b")
                .environment(variables)
                .processName("first")
                .workingDirectory("/data")
                .user(new ProcUser("1000", Optional.of("2000")))
                .limits(ResourceLimits.NONE.withMemoryBytes(64 << 20).withProcessors(0.07))
                .wantsOutput(true)
                .tailLines(0)
                .build();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("image", "worker");
        settings.put("image-pull-policy", "Never");
        settings.put("image-pull-secret", "one, two");
        settings.put("service-account", "robot");
        settings.put("node-selector", "disk=ssd");
        settings.put("labels", "team=blue,tier=back");
        settings.put("annotations", "note=a=b");
        settings.put("cpu-request", "10m");
        settings.put("runtime-class", "gvisor");
        settings.put("priority-class", "low");
        settings.put("active-deadline", "1m30s");
        settings.put("pod-security", "restricted");

        assertThat(yaml(pod(options, settings))).isEqualTo("""
                apiVersion: "v1"
                kind: "Pod"
                metadata:
                  annotations:
                    note: "a=b"
                    dev.gatun/proc-id: "job/1"
                    dev.gatun/wants-output: "true"
                    dev.gatun/tail-lines: "0"
                    dev.gatun/dies-with-launcher: "true"
                    dev.gatun/launch: "a-launch"
                  labels:
                    team: "blue"
                    tier: "back"
                    app.kubernetes.io/managed-by: "gatun"
                    dev.gatun/launcher: "me"
                    dev.gatun/proc: "%s"
                  name: "job-1-%1$s"
                  namespace: "space"
                spec:
                  activeDeadlineSeconds: 90
                  automountServiceAccountToken: true
                  containers:
                  - args:
                    - "$$(HOME)"
                    - "a b"
                    command:
                    - "/bin/worker"
                    env:
                    - name: "HOME"
                      value: "/data"
                    - name: "PRICE"
                      value: "5$$"
                    - name: "HYPERACTOR_PROCESS_NAME"
                      value: "first"
                    image: "worker"
                    imagePullPolicy: "Never"
                    name: "main"
                    resources:
                      limits:
                        memory: "67108864"
                        cpu: "70m"
                      requests:
                        memory: "67108864"
                        cpu: "10m"
                    securityContext:
                      allowPrivilegeEscalation: false
                      capabilities:
                        drop:
                        - "ALL"
                      runAsGroup: 2000
                      runAsNonRoot: true
                      runAsUser: 1000
                      seccompProfile:
                        type: "RuntimeDefault"
                    workingDir: "/data"
                  enableServiceLinks: false
                  imagePullSecrets:
                  - name: "one"
                  - name: "two"
                  nodeSelector:
                    disk: "ssd"
                  priorityClassName: "low"
                  restartPolicy: "Never"
                  runtimeClassName: "gvisor"
                  serviceAccountName: "robot"
                  terminationGracePeriodSeconds: 30
                """.formatted(PodName.hash(ID)));
    }

    @Test
    void onlyThoseThatDieWithTheLauncherAreItsOwners() {
        PodMapping owned = new PodMapping(
                "me",
                Optional.of(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withName("us")
                        .withUid("u")
                        .build()),
                Duration.ofMillis(1500));
        PodSettings settings = PodSettings.of(LauncherSettings.ofLaunch(Map.of("image", "i")));
        LaunchOptions dies = LaunchOptions.builder("x").build();
        LaunchOptions stays = LaunchOptions.builder("x").diesWithLauncher(false).build();

        assertThat(owned.pod("space", ID, dies, settings, "l").getMetadata().getOwnerReferences())
                .extracting("name", "uid")
                .containsExactly(tuple("us", "u"));
        Pod stayer = owned.pod("space", ID, stays, settings, "l");
        assertThat(stayer.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(stayer.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(2);
    }

    static Stream<Arguments> refused() {
        LaunchOptions.Builder plain = LaunchOptions.builder("x");
        return Stream.of(
                Arguments.of(plain.build(), Map.of(), "an image"),
                Arguments.of(
                        LaunchOptions.builder("x")
                                .limits(ResourceLimits.NONE.withProcesses(5))
                                .build(),
                        Map.of("image", "i"),
                        "number of processes"),
                Arguments.of(
                        LaunchOptions.builder("x")
                                .user(new ProcUser("nobody", Optional.empty()))
                                .build(),
                        Map.of("image", "i"),
                        "a pod's user is a number"),
                Arguments.of(
                        LaunchOptions.builder("x")
                                .user(new ProcUser("1", Optional.of("staff")))
                                .build(),
                        Map.of("image", "i"),
                        "a pod's group is a number"),
                Arguments.of(LaunchOptions.builder("x").argument0("y").build(), Map.of("image", "i"), "argument 0"),
                Arguments.of(plain.build(), Map.of("image", "i", "cpu-request", "lots"), "cpu-request is \"lots\""),
                Arguments.of(plain.build(), Map.of("image", "i", "memory-request", "-1"), "memory-request is \"-1\""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatAPodCannotBeIsRefused(LaunchOptions options, Map<String, String> settings, String words) {
        assertThatThrownBy(() -> pod(options, settings))
                .isInstanceOf(LauncherException.class)
                .hasMessageStartingWith("launch failed: ")
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000m", "1.5, 1500m", "0.0001, 1m", "0.29, 290m", "999999, 999999000m"})
    void processorsAreThousandthsRoundedUp(double processors, String quantity) {
        LaunchOptions options = LaunchOptions.builder("x")
                .limits(ResourceLimits.NONE.withProcessors(processors))
                .build();

        Map<String, ?> limits = pod(options, Map.of("image", "i"))
                .getSpec()
                .getContainers()
                .getFirst()
                .getResources()
                .getLimits();

        assertThat(limits).hasSize(1);
        assertThat(limits.get("cpu")).hasToString(quantity);
    }

    private static Pod pod(LaunchOptions options, Map<String, String> settings) {
        return new PodMapping("me", Optional.empty(), Duration.ofSeconds(30))
                .pod("space", ID, options, PodSettings.of(LauncherSettings.ofLaunch(settings)), "a-launch");
    }

    private static String yaml(Pod pod) {
        return Serialization.asYaml(pod).replaceFirst("^---\n", "");
    }
}
