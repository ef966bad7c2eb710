package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Processes;
import dev.gatun.it.RunningGatun;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as build plugins write them: they work, and nothing in them is complained of. */
class GeneratedFilesIT {

    @TempDir
    private Path folder;

    private static void assertNothingToSay(Dist dist) {
        Gatun.Ended ended = Environment.neutral(
                Gatun.of("service", "validate", "--strict", "--dist-root", dist.root().toString()), dist.root())
                .finish();
        assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    }

    /** No launch mode: it is a pex, with an interpreter. */
    @Test
    void ofAPythonService() {
        Dist dist = Dist.of(folder,
                "configType: python",
                "configVersion: 1",
                "executable: service/bin/show.py",
                "pythonPath: python3",
                "args:",
                "- --config",
                "- var/conf/config.yml",
                "env:",
                "  PYTHONDONTWRITEBYTECODE: '1'",
                "  PYTHONUNBUFFERED: '1'",
                "pythonOpts: []",
                "dirs:",
                "- var/data/tmp",
                "- var/log",
                "- var/run",
                "memory:",
                "  mode: cgroup-aware",
                "  maxRssPercent: 75.0",
                "  heapFragmentationBuffer: 0.1",
                "  mallocTrimThreshold: 131072",
                "  mallocArenaMax: 2",
                "resources:",
                "  maxOpenFiles: 65536",
                "  maxProcesses: 4096",
                "  coreDumpEnabled: false",
                "watchdog:",
                "  enabled: true",
                "  pollIntervalSeconds: 5",
                "  softLimitPercent: 85.0",
                "  hardLimitPercent: 95.0",
                "  gracePeriodSeconds: 30")
                .write(Dist.MANIFEST,
                        "manifest-version: '1.0'",
                        "product-type: helm.v1",
                        "product-group: com.example",
                        "product-name: my-service",
                        "product-version: 1.2.3",
                        "extensions:",
                        "  product-dependencies:",
                        "  - product-group: com.example",
                        "    product-name: other-service",
                        "    product-version: 9.9.9");
        TestPython.script(dist.path("service/bin"), "show.py");
        assertNothingToSay(dist);
        try (RunningGatun gatun = dist.service().start()) {
            Shown shown = Shown.of(gatun);
            assertThat(shown.words()).containsExactly("--config", "var/conf/config.yml");
            assertThat(shown.variable("SERVICE_NAME")).contains("my-service");
            assertThat(shown.variable("SERVICE_VERSION")).contains("1.2.3");
            assertThat(Processes.limit(dist.pidIn("var/run/my-service.pid"), "Max processes")).isEqualTo("4096");
        }
    }

    @Test
    void ofAJavaService() {
        Dist dist = Example.JAVA.in(folder)
                .write(Dist.STATIC,
                        "configType: java",
                        "configVersion: 1",
                        "dirs:",
                        "- var/data/tmp",
                        "mainClass: Hello",
                        "serviceName: hello-java",
                        "javaHome: ''",
                        "classpath:",
                        "- service/lib/hello.jar",
                        "jvmOpts:",
                        "- -XX:+CrashOnOutOfMemoryError",
                        "- -Djava.io.tmpdir=var/data/tmp",
                        "- -XX:ErrorFile=var/log/hs_err_pid%p.log",
                        "- -XX:HeapDumpPath=var/log",
                        "- -Dsun.net.inetaddr.ttl=20",
                        "- -XX:NativeMemoryTracking=summary",
                        "- -XX:FlightRecorderOptions=stackdepth=256",
                        "- -XX:+UseParallelGC",
                        "args:",
                        "- '8090'",
                        "env:",
                        "  MALLOC_ARENA_MAX: '4'",
                        "  JAVA_17_HOME: service/17-jdk")
                .write(Dist.CUSTOM, "configType: java", "configVersion: 1", "jvmOpts:", "- -Xmx96M", "env: {}");
        assertNothingToSay(dist);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8090), "/", 200);
            List<String> words = Processes.words(gatun.pid());
            assertThat(words).contains("-XX:+UseParallelGC", "-Xmx96M", "Hello");
            assertThat(Processes.environment(gatun.pid())).contains("MALLOC_ARENA_MAX=4",
                    "JAVA_17_HOME=service/17-jdk");
        }
    }

    @Test
    void fromAnEditorOfAnotherSystem() {
        Dist dist = Dist.of(folder, "\ufeffconfigType: python\r\nconfigVersion: 1\r\nlaunchMode: command\r\n"
                + "executable: /bin/sh\r\nargs: [-c, 'exit 6']\r\n").manifest("made-up", "1");
        assertThat(dist.service("--strict").finish().code()).isEqualTo(6);
    }

    @Test
    void withAnchorsAndWordsThatOnlyLookLikeNumbers() {
        Dist dist = Dist.of(folder,
                "configType: python", "configVersion: 1", "launchMode: command", "executable: /usr/bin/printf",
                "env: &e {A: b}",
                "subProcesses: {}",
                "args: ['%s|', 1.50, yes, 0x10, 2020-01-01, ~, \"a\\nb\", \u00fc]",
                "logging: {fields: *e, level: error}").manifest("made-up", "1");
        assertThat(dist.service().finish().out()).isEqualTo("1.50|yes|0x10|2020-01-01|a\nb|\u00fc|");
    }
}
