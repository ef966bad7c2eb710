package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher with a real systemd as PID 1 of a real kernel: User Mode Linux boots this machine's own root folder,
 * read-only, and in it {@link RealSystemd} runs. Needs Debian's packages user-mode-linux, systemd and dbus; nothing of
 * them has to run.
 */
class SystemdIT {

    private static final List<Path> NEEDED = List.of(
            Path.of("/usr/bin/linux.uml"), Path.of("/usr/bin/dbus-daemon"), Path.of("/bin/systemctl"));
    private static final long BOOT_AND_RUN_SECONDS = 300;

    @TestFactory
    Stream<DynamicTest> aRealSystemd(@TempDir Path folder) throws Exception {
        for (Path file : NEEDED) {
            assumeTrue(Files.isExecutable(file), "there is no " + file
                    + "; install the packages user-mode-linux, systemd and dbus");
        }
        prepare(folder);
        String kernel = boot(folder);
        Path log = folder.resolve("log");
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        String everything = kernel + "\n" + String.join("\n", lines);
        assertThat(lines).as(everything).contains(RealSystemd.END);
        return lines.stream()
                .filter(line -> line.startsWith(RealSystemd.PASSED) || line.startsWith(RealSystemd.FAILED))
                .map(line -> DynamicTest.dynamicTest(line.split("[ :]")[1],
                        () -> assertThat(line).as(everything).startsWith(RealSystemd.PASSED)));
    }

    private static void prepare(Path folder) throws Exception {
        Path resources = Path.of(SystemdIT.class.getResource("/systemd/init").toURI()).getParent();
        Files.copy(resources.resolve("init"), folder.resolve("init"));
        assertThat(folder.resolve("init").toFile().setExecutable(true)).isTrue();
        Path units = Files.createDirectory(folder.resolve("units"));
        try (Stream<Path> files = Files.list(resources.resolve("units"))) {
            for (Path file : files.toList()) {
                Files.copy(file, units.resolve(file.getFileName()));
            }
        }
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("gate").toString()).start().waitFor()).isZero();
        List<String> command = new ArrayList<>(List.of(
                "exec", quoted(System.getProperty("java.home") + "/bin/java"), "--enable-native-access=ALL-UNNAMED",
                // One processor, and slow system calls: what compiles least is done first.
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath(folder),
                RealSystemd.class.getName()));
        Files.writeString(folder.resolve("run"), String.join(" ", command) + "\n");
    }

    /**
     * By where the classes of this JVM come from: a test runner may load them by other means than its class path. They are
     * copied to where the machine sees them: its /tmp and /run are its own.
     */
    private static String classPath(Path folder) throws Exception {
        Set<Path> places = new LinkedHashSet<>();
        for (String name : new String[]{
            RealSystemd.class.getName(),
            SystemdProcLauncherProvider.class.getName(),
            "dev.gatun.ffm.Linux",
            "org.freedesktop.dbus.connections.impl.DBusConnection",
            "org.freedesktop.dbus.transport.jre.NativeTransportProvider",
            "org.slf4j.Logger",
            "org.assertj.core.api.Assertions",
            "net.bytebuddy.ByteBuddy"
        }) {
            Class<?> type = Class.forName(name, false, SystemdIT.class.getClassLoader());
            places.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        }
        List<String> copies = new ArrayList<>();
        for (Path place : places) {
            Path copy = folder.resolve("classes-" + copies.size());
            copy(place, copy);
            copies.add("/run/results/" + copy.getFileName());
        }
        return String.join(":", copies);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String boot(Path folder) throws IOException, InterruptedException {
        Path console = folder.resolve("console");
        Process kernel = new ProcessBuilder(
                "/usr/bin/linux.uml", "mem=1G", "rootfstype=hostfs", "rootflags=/", "ro",
                "init=" + folder.resolve("init"), "gatun_results=" + folder, "con=null", "con0=null,fd:1", "quiet",
                "panic=1", "uml_dir=" + folder)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        try {
            assertThat(kernel.waitFor(BOOT_AND_RUN_SECONDS, TimeUnit.SECONDS))
                    .as("the machine ended within %d s; its console says:%n%s", BOOT_AND_RUN_SECONDS,
                            Files.readString(console, StandardCharsets.ISO_8859_1))
                    .isTrue();
        } finally {
            kernel.destroyForcibly();
        }
        return Files.readString(console, StandardCharsets.ISO_8859_1);
    }
}
