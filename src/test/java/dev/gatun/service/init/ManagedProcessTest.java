package dev.gatun.service.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.service.config.ConfigFiles;
import dev.gatun.service.config.ServiceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {

    @TempDir
    Path folder;

    private final Libc libc = new SystemLibc();

    private List<String> processes(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("launcher-static.yml"), yaml);
        ConfigFiles files = ConfigFiles.read(libc, file.toString(), Optional.empty(),
                ConfigFiles.Purpose.SERVICE);
        assertThat(files.problems().hasErrors()).as(files.problems().list().toString()).isFalse();
        ServiceConfig config = files.config();
        List<String> lines = new ArrayList<>();
        for (ManagedProcess process : ManagedProcess.of(libc, config, config.serviceName().orElse("web"), "/opt/web")) {
            lines.add(process.name() + " " + process.instance().path() + " " + process.logPath());
        }
        return lines;
    }

    @Test
    void thePrimaryProcessIsTheFirst() throws Exception {
        assertThat(processes("""
                configType: java
                configVersion: 1
                serviceName: shop
                mainClass: com.example.Main
                classpath: [lib/shop.jar]
                subProcesses:
                  envoy:
                    configType: executable
                    executable: service/bin/envoy
                """)).containsExactly(
                "shop /opt/web/var/run/shop.pid /opt/web/var/log/startup.log",
                "envoy /opt/web/var/run/envoy.pid /opt/web/var/log/envoy-startup.log");
    }

    @Test
    void pidFilesCanBeElsewhere() throws Exception {
        assertThat(processes("""
                configVersion: 1
                executable: web.pex
                paths: {pidFile: /run/one/%s/pid}
                subProcesses: [{name: side-car, executable: side.pex}]
                """)).containsExactly(
                "web /run/one/web/pid /opt/web/var/log/startup.log",
                "side-car /run/one/side-car/pid /opt/web/var/log/side-car-startup.log");
    }

    @Test
    void withoutAPlaceForTheNameNoTwoShareAFile() throws Exception {
        assertThat(processes("""
                configVersion: 1
                executable: web.pex
                paths: {pidFile: pid}
                subProcesses: [{name: side, executable: side.pex}]
                """)).containsExactly(
                "web /opt/web/pid /opt/web/var/log/startup.log",
                "side /opt/web/pid.side /opt/web/var/log/side-startup.log");
    }

    /** As the older programs leave them: a number and no more. */
    @Test
    void itsProcessIsKnownByItsWords() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "100").start();
        try {
            // In the middle of its exec the kernel does not show its words yet.
            while (Files.readString(Path.of("/proc/" + sleep.pid() + "/cmdline")).isEmpty()) {
                Thread.yield();
            }
            Path dist = folder.resolve("dist");
            Files.createDirectories(dist.resolve("var/run"));
            Files.writeString(dist.resolve("var/run/web.pid"), sleep.pid() + "\n");
            Path file = Files.writeString(folder.resolve("s.yml"),
                    "configVersion: 1\nlaunchMode: command\nexecutable: bin/sleep\n");
            ServiceConfig config =
                    ConfigFiles.read(libc, file.toString(), Optional.empty(), ConfigFiles.Purpose.SERVICE)
                            .config();
            assertThat(ManagedProcess.of(libc, config, "web", dist.toString()).getFirst().instance().look().words())
                    .isEqualTo("running as process " + sleep.pid());
            Files.writeString(folder.resolve("s.yml"), "configVersion: 1\nexecutable: web.pex\n");
            ServiceConfig other = ConfigFiles.read(libc, file.toString(), Optional.empty(), ConfigFiles.Purpose.SERVICE)
                    .config();
            assertThat(ManagedProcess.of(libc, other, "web", dist.toString()).getFirst().instance().look().words())
                    .endsWith("is another program, sleep");
        } finally {
            sleep.destroyForcibly().waitFor();
        }
    }
}
