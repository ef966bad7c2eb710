package dev.gatun.service.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.SystemLibc;
import dev.gatun.service.instance.ExpectedCommand;
import dev.gatun.service.instance.InstanceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which commands launchers are, with a script in the place of {@code bin/gatun}. */
class GatunLaunchersTest {

    private static final String SCRIPT = """
            #!/bin/sh
            printf 'word: %s\\n' "$@"
            echo "in $(pwd)"
            echo "session $(cut -d' ' -f6 /proc/$$/stat), me $$"
            echo "input $(readlink /proc/$$/fd/0)"
            echo "path $PATH"
            echo problem >&2
            """;

    @TempDir
    Path folder;

    private final Libc libc = new SystemLibc();
    private Path log;
    private Launchers launchers;

    @BeforeEach
    void install() throws IOException {
        Path program = Files.createDirectories(folder.resolve("home/bin")).resolve("gatun");
        Files.writeString(program, SCRIPT);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(folder.resolve("dist root"));
        log = folder.resolve("log");
        Files.writeString(log, "of before\n");
        launchers = new GatunLaunchers(libc, folder.resolve("home").toString(),
                CString.of(folder.resolve("dist root").toString()), CString.listOf("--strict"));
    }

    private List<String> finish(SpawnResult result) throws IOException {
        assertThat(result).isInstanceOf(Spawned.class);
        Spawned spawned = (Spawned) result;
        assertThat(new Children(libc).await(spawned.pid()).orElseThrow().status().exitCode()).isZero();
        spawned.pidfd().close();
        return Files.readAllLines(log);
    }

    @Test
    void aLauncherIsDetached() throws Exception {
        InstanceFile instance = new InstanceFile(libc, folder.resolve("web.pid").toString(), ExpectedCommand.ANY);
        SpawnResult result = launchers.start(new ManagedProcess("web", instance, log.toString()));
        int pid = ((Spawned) result).pid();
        assertThat(finish(result)).containsExactly(
                "of before",
                "word: service", "word: --startup", "word: --only", "word: web", "word: --dist-root",
                "word: " + folder.resolve("dist root"), "word: --strict",
                "in " + folder.resolve("dist root"),
                "session " + pid + ", me " + pid,
                "input /dev/null",
                "path " + System.getenv("PATH"),
                "problem");
    }

    @Test
    void aCheckIsAnOptionOfTheLauncher() throws Exception {
        assertThat(finish(launchers.check(log.toString()))).contains("word: service", "word: --check",
                "word: --dist-root", "word: " + folder.resolve("dist root"), "word: --strict", "problem")
                .doesNotContain("word: --startup");
    }

    private Process console() throws Exception {
        Process console = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Console.class.getName(), folder.resolve("home").toString(), folder.resolve("dist root").toString())
                .redirectOutput(folder.resolve("console").toFile()).start();
        try {
            assertThat(console.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            console.destroyForcibly().waitFor();
        }
        return console;
    }

    /** In a JVM of its own, which it becomes. */
    @Test
    void theConsoleIsTheLauncherOfAll() throws Exception {
        Process console = console();
        assertThat(Files.readAllLines(folder.resolve("console")))
                .contains("word: service", "word: --startup", "in " + folder.resolve("dist root"))
                .doesNotContain("word: --only")
                .anyMatch(line -> line.endsWith(", me " + console.pid()));
    }

    /** Where the exec fails there is still somebody to say so. */
    @Test
    void aProgramThatCannotRunIsNamed() throws Exception {
        Files.writeString(folder.resolve("home/bin/gatun"), "#!/no/such/shell\n");
        Process console = console();
        assertThat(Files.readString(folder.resolve("console")))
                .endsWith("execve(" + folder + "/home/bin/gatun): ENOENT (No such file or directory)\nstill here\n");
        assertThat(console.exitValue()).isZero();
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        Launchers nowhere = new GatunLaunchers(libc, "/no/such", CString.of(folder.toString()), List.of());
        assertThat(((SpawnFailure) nowhere.check(log.toString())).describe())
                .isEqualTo("execve(/no/such/bin/gatun): ENOENT (No such file or directory)");
        assertThat(nowhere.become())
                .isEqualTo("cannot execute /no/such/bin/gatun: ENOENT (No such file or directory)");
    }
}
