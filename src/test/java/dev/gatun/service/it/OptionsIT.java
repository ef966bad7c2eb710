package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.RunningGatun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options of {@code gatun service}, and who calls it from where. */
class OptionsIT {

    @TempDir
    private Path folder;

    @Test
    void distRootIsTheCurrentFolderWhereThatIsOne() {
        Dist dist = Dist.shell(folder, "pwd; exit 4");
        Gatun.Ended ended = Environment.neutral(Gatun.of("service"), folder).in(dist.root()).finish();
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.out().lines()).contains(dist.root().toString());
    }

    @Test
    void distRootMayBeRelative() {
        Dist dist = Dist.shell(folder, "pwd; exit 4");
        Gatun.Ended ended = Environment.neutral(
                Gatun.of("service", "--dist-root", dist.root().getFileName().toString()), folder)
                .in(dist.root().getParent()).finish();
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.out().lines()).contains(dist.root().toString());
    }

    @Test
    void elsewhereItHasToBeNamed() {
        Gatun.Ended ended = Environment.neutral(Gatun.of("service"), folder).in(folder).finish();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1).allMatch(line -> line.contains("--dist-root"));
    }

    @Test
    void filesMayBeNamed() {
        Dist dist = Dist.shell(folder, "exit 1")
                .write("other/static.yml", "configType: python", "configVersion: 1", "launchMode: command",
                        "executable: /bin/sh", "args: [-c, 'exit $CODE']")
                .write("other/custom.yml", "env: {CODE: 23}");
        assertThat(
                dist.service("--static-config", "other/static.yml", "--custom-config=other/custom.yml").finish().code())
                .isEqualTo(23);
    }

    @Test
    void namesOfFoldersMayBeOdd() throws IOException {
        Path odd = Files.createDirectory(folder.resolve("a b\"c'd$e;ü"));
        Dist dist = Dist.shell(odd, "pwd; exit 4");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).as(ended.err()).isEqualTo(4);
        assertThat(ended.out().lines()).contains(dist.root().toString());
    }

    @Test
    void handOverKeepsThePid() {
        Dist dist = Example.HELLO.in(folder);
        try (RunningGatun gatun = dist.service("--exec").start()) {
            Http.await(dist.port(8080), "/", 200);
            assertThat(gatun.processes()).containsExactly(gatun.pid());
            assertThat(Processes.environment(gatun.pid())).contains("SERVICE_NAME=hello");
            assertThat(dist.service("--status").finish().code()).isZero();
            assertThat(dist.service().finish().code()).as("a second instance").isEqualTo(1);
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
        }
        assertThat(dist.service("--status").finish().code()).isEqualTo(1);
    }

    /** As without it: a python service reads nothing, and writes all into one stream. */
    @Test
    void handOverSetsTheStreams() {
        Dist dist = Dist.shell(folder, "echo complaint >&2; read line || echo nothing to read; exit 5");
        Gatun.Ended ended = dist.service("--exec").finish();
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(5);
        assertThat(ended.out().lines()).contains("complaint", "nothing to read");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void oneProcessOfTheConfigurationAlone() {
        Dist dist = Dist.example(folder, "sidecars");
        try (RunningGatun gatun = dist.service("--only", "cache").start()) {
            long cache = Long.parseLong(gatun.out().await("^cache: here as pid (\\d+)$").group(1));
            assertThat(Processes.children(gatun.pid())).containsExactly(cache);
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isZero();
        }
        assertThat(dist.service("--only", "nobody").finish().code()).isEqualTo(1);
    }

    @Test
    void versionAndHelp() {
        assertThat(Gatun.of("service", "--version").finish().out()).contains("gatun service ");
        Gatun.Ended help = Gatun.of("service", "--help").finish();
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("--dist-root", "--legacy-exit-codes", "validate", "explain");
    }

    /** A user without any right, in a folder of his own. */
    @Test
    void nobodyCanRunAService() throws Exception {
        Environment.assumeRoot();
        Dist dist = Dist.shell(folder, "ulimit -n; id -u; exec sleep 3600",
                "resources: {maxOpenFiles: 999999, maxProcesses: 1000}",
                "readiness: {enabled: true, httpPort: 8081, bindAddress: 127.0.0.1, drainSeconds: 0}");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(new ProcessBuilder("chown", "-R", "65534:65534", folder.toString()).start().waitFor()).isZero();
        Gatun run = dist.service().with("PATH", "/usr/bin:/bin").asNobody().within("prlimit", "--nofile=777:888");
        try (RunningGatun gatun = run.start()) {
            gatun.out().await("^65534$");
            Http.await(dist.port(8081), "/ready", 200);
            long pid = dist.pidIn("var/run/made-up.pid");
            assertThat(Processes.limit(pid, "Max open files")).isEqualTo("777");
            assertThat(Processes.limit(pid, "Max processes")).as("the other one").isEqualTo("1000");
            assertThat(gatun.out().text()).contains("maxOpenFiles");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
        }
    }

    @Test
    void foldersThatMayNotBeWrittenAreRefused() throws Exception {
        Environment.assumeRoot();
        Dist dist = Dist.shell(folder, "touch /tmp/never");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(dist.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Gatun.Ended ended = dist.service().asNobody().finish();
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("directories").contains("var").contains("EACCES");
    }

    @Test
    void serviceThatMakesManyChildrenIsReaped() {
        Dist dist = Dist.shell(folder,
                "i=0; while [ $i -lt 50 ]; do (sleep 0.01 &) ; i=$((i+1)); done; echo all; exec sleep 3600");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^all$");
            Await.until("the orphans to be gone", () -> Processes.children(gatun.pid()).size() == 1);
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(143);
        }
    }

    @Test
    void descriptorsOfTheCallerAreThoseOfTheService() {
        Dist dist = Dist.shell(folder, "cat <&5; exit 4").write("given", "read by a descriptor\n");
        Gatun run = dist.service().within("sh", "-c", "exec \"$@\" 5<" + dist.path("given"), "sh");
        Gatun.Ended ended = run.finish();
        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.out()).contains("read by a descriptor");
    }

    @Test
    void statusAfterACrashSaysWhatTheExitCodeSays() {
        Dist dist = Dist.command(folder, List.of("/bin/false"));
        assertThat(dist.service().finish().code()).isEqualTo(1);
        assertThat(dist.service("--status").finish().code()).isEqualTo(1);
    }
}
