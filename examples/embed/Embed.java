import dev.gatun.process.LaunchOptions;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.Proc;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLaunchers;
import dev.gatun.process.ProcSupervisor;
import dev.gatun.process.Stdio;
import java.time.Duration;

/** Launches a shell, reads what it says, and stops it: {@code java -cp gatun.jar Embed.java}, on Java 22 or newer. */
public final class Embed {
    public static void main(String[] arguments) throws Exception {
        LaunchOptions options = LaunchOptions.builder(
                        "sh", "-c", "trap 'echo bye >&2; exit 3' TERM; echo hello from $$; while :; do sleep 0.1; done")
                .wantsOutput(true)
                .tailLines(10)
                .build();
        try (ProcLauncher launcher = ProcLaunchers.open("native", LauncherSettings.NONE);
                ProcSupervisor supervisor = ProcSupervisor.over(launcher)) {
            Proc proc = supervisor.launch(new ProcId("greeter"), options);
            proc.onChange(state -> System.out.println("state: " + state));
            if (proc.launched().toCompletableFuture().get().stdio() instanceof Stdio.Captured output) {
                System.out.println("it says: " + output.stdout().stream().readNBytes(5).length + " bytes and more");
            }
            System.out.println("end: " + proc.terminate("enough", Duration.ofSeconds(5)).toCompletableFuture().get());
        }
    }
}
