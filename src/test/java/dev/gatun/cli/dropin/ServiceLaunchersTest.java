package dev.gatun.cli.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The three names of service launchers, as far as nothing is started. */
class ServiceLaunchersTest {

    private static final Libc LIBC = new SystemLibc();

    @TempDir
    Path folder;

    private final Answers answers = new Answers();

    private int python(String... words) {
        return new PythonServiceLauncherCommand(LIBC, answers.console()).execute(CString.listOf(words));
    }

    private int java(String... words) {
        return new GoJavaLauncherCommand(LIBC, answers.console()).execute(CString.listOf(words));
    }

    private int init(String... words) {
        return new GoInitCommand(LIBC, answers.console()).execute(CString.listOf(words));
    }

    private String distribution() throws IOException {
        Files.createDirectories(folder.resolve("service/bin"));
        Files.createDirectories(folder.resolve("deployment"));
        Files.writeString(folder.resolve("service/bin/launcher-static.yml"), "configVersion: 1\nexecutable: a.pex\n");
        Files.writeString(folder.resolve("deployment/manifest.yml"),
                "product-name: catalogue\nproduct-dependencies:\n- product-name: other\n");
        return folder.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help"})
    void pythonServiceLauncherHasItsUsageOnStandardError(String word) {
        assertThat(python(word)).isZero();
        assertThat(answers.err()).startsWith("Usage of python-service-launcher:");
        assertThat(answers.out()).isEmpty();
    }

    @Test
    void pythonServiceLauncherTellsItsVersion() {
        assertThat(python("--version")).isZero();
        assertThat(answers.out()).startsWith("python-service-launcher ").contains("Gatun");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nope", "-nope=1", "--mode"})
    void pythonServiceLauncherRefusesFlagsThatItHasNot(String word) {
        assertThat(python(word)).isEqualTo(2);
        assertThat(answers.err()).contains("Usage of python-service-launcher:");
    }

    @Test
    void pythonServiceLauncherRefusesAnUnknownMode() {
        assertThat(python("--mode", "sideways")).isEqualTo(1);
        assertThat(answers.err()).contains("sideways");
    }

    @Test
    void pythonServiceLauncherKnowsStartupAndStatusBeatsCheck() throws IOException {
        assertThat(python("--startup", "--check", "--status", "--dist-root", distribution())).isEqualTo(1);
        assertThat(answers.err()).contains("not running").doesNotContain("Usage");
    }

    @Test
    void pythonServiceLauncherLooksTheNameUpForStatus() throws IOException {
        assertThat(python("-status", "-dist-root", distribution(), "ignored", "--nope")).isEqualTo(1);
        assertThat(answers.err()).startsWith("catalogue is not running").contains("var/run/catalogue.pid");
        assertThat(answers.out()).isEmpty();
    }

    @Test
    void goJavaLauncherNeedsAStaticFile() {
        assertThat(java()).isEqualTo(1);
        assertThat(java("static.yml", "custom.yml", "more")).isEqualTo(1);
        assertThat(answers.err()).startsWith("Usage: go-java-launcher <path to launcher-static.yml>");
        assertThat(answers.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version"})
    void goJavaLauncherAnswersWithoutAFile(String word) {
        assertThat(java(word)).isZero();
        assertThat(answers.out()).contains("go-java-launcher");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sideways", "start now"})
    void goInitTakesOneVerbAndNothingElse(String line) {
        assertThat(init(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(1);
        assertThat(answers.err()).startsWith("Usage: go-init start|stop|status");
        assertThat(answers.out()).isEmpty();
    }

    @Test
    void goInitHasItsHelpOnStandardOutput() {
        assertThat(init("--help")).isZero();
        assertThat(answers.out()).startsWith("Usage: go-init");
    }
}
