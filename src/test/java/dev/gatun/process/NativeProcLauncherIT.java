package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.PidFd;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.ProcStat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The launcher in a program of somebody else: a JVM of its own, with nothing but Gatun's jar and no flags. */
@Timeout(120)
class NativeProcLauncherIT {

    private static final String JAR = System.getProperty("gatun.home") + "/lib/gatun.jar";

    private final SystemLibc libc = new SystemLibc();

    private static Process java(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-cp", JAR));
        command.addAll(List.of(words));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void theExampleRuns() throws Exception {
        Process program = java(Path.of("examples", "embed", "Embed.java").toString());
        List<String> lines = output(program).lines().toList();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
        assertThat(lines.getFirst()).matches("it says: hello from \\d+");
        assertThat(lines.getLast()).startsWith("end: Stopped[exitCode=3, stderrTail=Optional[[").endsWith("bye]]]");
        assertThat(program.exitValue()).as("its threads are daemons").isZero();
    }

    /** Launches sleeps and prints their pids, as a program that is then killed. */
    static final class Launching {
        private Launching() {}

        public static void main(String[] arguments) throws Exception {
            NativeProcLauncher launcher = NativeProcLauncher.open();
            for (boolean dies : new boolean[]{true, false}) {
                Launched launched = launcher.launch(
                        new ProcId("dies " + dies),
                        LaunchOptions.builder("sleep", "100").diesWithLauncher(dies).build())
                        .toCompletableFuture()
                        .get();
                System.out.println(launched.pid().getAsInt());
            }
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void childrenDieWithAJvmThatIsKilled() throws Exception {
        String classes =
                Path.of(Launching.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        Process program = java("-cp", JAR + ":" + classes, Launching.class.getName());
        try (BufferedReader lines = output(program)) {
            int dying = Integer.parseInt(lines.readLine());
            int staying = Integer.parseInt(lines.readLine());
            try (PidFd stays = PidFd.open(libc, staying).orElseThrow()) {
                program.destroyForcibly().waitFor();
                while (ProcStat.read(libc, dying).filter(stat -> !stat.isZombie()).isPresent()) {
                    Thread.onSpinWait();
                }
                assertThat(stays.send(9)).as("the other goes on").isTrue();
            }
        }
    }
}
