package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong: exit code 1, one sentence that says what and where, and nothing was started. */
class BadInputIT {

    /** What the service would leave if it were started. */
    private static final String MARK = "started";

    private static final String[] GOOD = {
        "configType: python",
        "configVersion: 1",
        "launchMode: command",
        "executable: /usr/bin/touch",
        "args: [" + MARK + "]"};

    @TempDir
    private Path folder;

    private static String lines(String... more) {
        return String.join("\n", GOOD) + "\n" + String.join("\n", more) + "\n";
    }

    private static String instead(String line, String by) {
        String text = lines();
        assertThat(text).contains(line);
        return text.replace(line, by);
    }

    /** Content of the static file, and a regular expression for the sentence about it. */
    static List<Arguments> files() {
        return List.of(
                file("unparsable", lines("env: [a"), "launcher-static\\.yml:\\d+:\\d+: .*"),
                file("a tab", lines("env:", "\tA: b"), "launcher-static\\.yml:7:1: .*tab.*"),
                file("duplicate key", lines("env: {}", "args: [x]"), "launcher-static\\.yml:7:1: args: .*line 5.*"),
                file("text for a section", lines("readiness: on"), "launcher-static\\.yml:6:1: readiness: .*mapping.*"),
                file("list for a map", lines("env: [a]"), "launcher-static\\.yml:6:1: env: .*mapping.*"),
                file("map for a list", instead("args: [started]", "args: {a: b}"),
                        "launcher-static\\.yml:5:1: args: .*list.*"),
                file("text for a number", lines("readiness:", "  httpPort: eighty"),
                        "launcher-static\\.yml:7:3: readiness\\.httpPort: found \"eighty\", expected .*"),
                file("text for a boolean", lines("readiness: {enabled: perhaps}"),
                        "launcher-static\\.yml:6:13: readiness\\.enabled: found \"perhaps\", expected .*"),
                file("more than all", lines("memory:", "  maxRssPercent: 140"),
                        "launcher-static\\.yml:7:3: memory\\.maxRssPercent: found 140, expected .*100.*"),
                file("no port", lines("readiness: {httpPort: 70000}"),
                        "launcher-static\\.yml:6:13: readiness\\.httpPort: found 70000, expected .*65535.*"),
                file("no period", lines("watchdog: {pollIntervalSeconds: -5}"),
                        "launcher-static\\.yml:6:12: watchdog\\.pollIntervalSeconds: found -5, expected .*"),
                file("soft above hard", lines("watchdog: {softLimitPercent: 99}"),
                        "launcher-static\\.yml:6:12: watchdog\\.softLimitPercent: .*hard.*"),
                file("unknown mode", instead("launchMode: command", "launchMode: gunicron"),
                        "launcher-static\\.yml:3:1: launchMode: found \"gunicron\", expected .*"
                                + "did you mean gunicorn\\?"),
                file("unknown type", instead("configType: python", "configType: ruby"),
                        "launcher-static\\.yml:1:1: configType: found \"ruby\", expected .*java.*"),
                file("unknown version", instead("configVersion: 1", "configVersion: 2"),
                        "launcher-static\\.yml:2:1: configVersion: found 2, expected .*1.*"),
                file("no version", instead("configVersion: 1\n", ""), "launcher-static\\.yml:1:1: configVersion: .*"),
                file("no executable", instead("executable: /usr/bin/touch\n", ""),
                        "launcher-static\\.yml:1:1: executable: .*"),
                file("executable that is not there", instead("/usr/bin/touch", "service/bin/nothing"),
                        ".*service/bin/nothing.*"),
                file("executable that is none", instead("/usr/bin/touch", "service/bin/launcher-static.yml"),
                        ".*service/bin/launcher-static.yml.*"),
                file("unknown variable", instead("/usr/bin/touch", "service/bin/launcher-static.yml\n"
                        + "pythonPath: $NOPE_HOME/python").replace("command", "script"), ".*NOPE_HOME.*"),
                file("folder that cannot be made", lines("dirs: [service/bin/launcher-static.yml/x]"),
                        ".*launcher-static\\.yml/x.*"),
                file("no service name", "configType: executable\nconfigVersion: 1\nexecutable: /usr/bin/java\n",
                        "launcher-static\\.yml:1:1: serviceName: .*"),
                file("executable that is not on the list",
                        "configType: executable\nconfigVersion: 1\nserviceName: x\nexecutable: /usr/bin/touch\n",
                        "launcher-static\\.yml:4:1: executable: .*anyExecutable.*"),
                file("not a mapping", "- configType: python\n", "launcher-static\\.yml:1:1: .*"),
                file("two checks", lines("readiness:", "  check: {notify: true, tcp: {port: 1}}"),
                        "launcher-static\\.yml:7:\\d+: readiness\\.check: .*exactly one.*"));
    }

    private static Arguments file(String name, String content, String sentence) {
        return Arguments.of(name, content, sentence);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void staticFile(String name, String content, String sentence) {
        Dist dist = Dist.of(folder, content).manifest("bad", "1");
        assertRefused(dist, dist.service(), sentence);
    }

    private static void assertRefused(Dist dist, Gatun run, String sentence) {
        Gatun.Ended ended = run.finish();
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.err().lines().toList()).as("standard error").hasSize(1)
                .allMatch(line -> line.matches("Launch failed: (config error: |step \\d+, [a-z ]+: )?.*" + sentence),
                        "matches " + sentence);
        assertThat(dist.has(MARK)).as("started").isFalse();
        assertThat(dist.has("var/run/bad.pid")).as("pid file").isFalse();
    }

    private Dist good() {
        return Dist.of(folder, GOOD).manifest("bad", "1");
    }

    @Test
    void goodFileIsStarted() {
        Dist dist = good();
        assertThat(dist.service().finish().code()).isZero();
        assertThat(dist.has(MARK)).isTrue();
    }

    @Test
    void noStaticFile() throws IOException {
        Dist dist = good();
        Files.delete(dist.path(Dist.STATIC));
        assertRefused(dist, dist.service(), "launcher-static\\.yml.*no such file.*");
    }

    @Test
    void noDistRoot() {
        Dist dist = good();
        assertRefused(dist, Environment.neutral(Gatun.of("service", "--dist-root", folder + "/none"), folder),
                "--dist-root .*/none.*");
    }

    @Test
    void customFileIsAFolder() throws IOException {
        Dist dist = good();
        Files.createDirectories(dist.path(Dist.CUSTOM));
        assertRefused(dist, dist.service(), "launcher-custom\\.yml.*folder.*");
    }

    @Test
    void customFileThatIsWrong() {
        Dist dist = good().write(Dist.CUSTOM, "configType: python", "configVersion: 1", "env:", "- A");
        assertRefused(dist, dist.service(), "launcher-custom\\.yml:3:1: env: .*");
    }

    @Test
    void manyMistakesAreToldAtOnce() {
        Dist dist = good().append(Dist.STATIC, "readiness: {httpPort: x}", "cpu: {override: y}");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("launcher-static.yml:6:13", "launcher-static.yml:7:7");
        assertThat(dist.has(MARK)).isFalse();
    }

    @Test
    void notUtf8() {
        Dist dist = good();
        byte[] content = (String.join("\n", GOOD) + "\nenv: {A: \"\u00e4\"}\n").getBytes(StandardCharsets.ISO_8859_1);
        dist.writeBytes(Dist.STATIC, content);
        assertRefused(dist, dist.service(), "launcher-static\\.yml:6:11: .*UTF-8.*");
    }

    @Test
    void tenMegabytes() {
        Dist dist = good();
        dist.write(Dist.STATIC, lines("env:") + "  A: b  # and so on\n".repeat(600_000));
        assertRefused(dist, dist.service(), "launcher-static\\.yml.*(MiB|bytes).*");
    }

    @Test
    void aliasBomb() {
        StringBuilder text = new StringBuilder(lines("env: {A: b}")).append("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level <= 12; level++) {
            String alias = "*a" + (level - 1);
            text.append("a%d: &a%d [%s]\n".formatted(level, level, String.join(", ", List.of(
                    alias, alias, alias, alias, alias, alias, alias, alias, alias, alias))));
        }
        Dist dist = good().write(Dist.STATIC, text.toString());
        assertRefused(dist, dist.service(), "launcher-static\\.yml:\\d+:\\d+: .*alias.*");
    }

    @Test
    void warningsAreErrorsWhereThatIsAskedFor() {
        Dist dist = good().append(Dist.STATIC, "redyness: {enabled: true}");
        assertRefused(dist, dist.service("--strict"),
                "launcher-static\\.yml:6:1: redyness: .*did you mean readiness\\?");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isZero();
        assertThat(ended.out() + ended.err()).contains("redyness").contains("did you mean readiness?");
    }

    @Test
    void probePortIsTaken() throws IOException {
        try (ServerSocket owner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Dist dist = good().append(Dist.STATIC,
                    "readiness: {enabled: true, bindAddress: 127.0.0.1, drainSeconds: 0, httpPort: "
                            + owner.getLocalPort() + "}");
            assertRefused(dist, dist.service(), ".*127\\.0\\.0\\.1:" + owner.getLocalPort() + ".*EADDRINUSE.*");

            dist.edit(Dist.STATIC, "enabled: true", "enabled: true, required: false");
            Gatun.Ended ended = dist.service().finish();
            assertThat(ended.code()).isZero();
            assertThat(ended.out()).contains("EADDRINUSE");
            assertThat(dist.has(MARK)).isTrue();
        }
    }

    @Test
    void pidFileWithRubbish() {
        Dist dist = good().write("var/run/bad.pid", "rubbish");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines().toList()).hasSize(1).allMatch(line -> line.contains("var/run/bad.pid"));
        assertThat(dist.has(MARK)).isFalse();
        assertThat(dist.read("var/run/bad.pid")).isEqualTo("rubbish");
    }

    @Test
    void secondInstance() {
        Dist dist = Dist.shell(folder, "echo here; echo x >> " + MARK + "; exec sleep 3600");
        try (RunningGatun first = dist.service().start()) {
            first.out().await("^here$");
            long pid = dist.pidIn("var/run/made-up.pid");
            Gatun.Ended second = dist.service().finish();
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err().lines().toList()).hasSize(1)
                    .allMatch(line -> line.contains(Long.toString(pid)) && line.contains("made-up"));
            assertThat(dist.read(MARK)).isEqualTo("x\n");
            assertThat(dist.pidIn("var/run/made-up.pid")).isEqualTo(pid);
            assertThat(first.hasEnded()).isFalse();
        }
    }

    @Test
    void limitsThatCannotBeReadInAContainer() {
        Environment.assumeRoot();
        Dist dist = good();
        String hide = "mount -t tmpfs none /sys/fs/cgroup && exec \"$@\"";
        assertRefused(dist,
                dist.service().within("unshare", "--mount", "sh", "-c", hide, "sh").with("CONTAINER", ""),
                "memory limit: .*");
        Gatun.Ended outside = dist.service().within("unshare", "--mount", "sh", "-c", hide, "sh").finish();
        assertThat(outside.code()).as(outside.out() + outside.err()).isZero();
        assertThat(outside.out()).contains("memory limit");
        assertThat(dist.has(MARK)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("usages")
    void badUsage(List<String> words) {
        Dist dist = good();
        Gatun.Ended ended = dist.service(words.toArray(String[]::new)).finish();
        assertThat(ended.code()).isNotZero();
        assertThat(ended.err()).isNotBlank();
        assertThat(dist.has(MARK)).isFalse();
    }

    static List<List<String>> usages() {
        return List.of(List.of("--no-such-option"), List.of("--mode", "sideways"), List.of("--log-format", "xml"),
                List.of("start"), List.of("--static-config"));
    }
}
