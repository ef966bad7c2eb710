import dev.gatun.process.LaunchOptions;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.Proc;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLaunchers;
import dev.gatun.process.ProcSupervisor;
import dev.gatun.process.Stdio;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;

/** Launches a shell, reads what it says, and stops it: {@code java -cp gatun.jar Embed.java}, on Java 22 or newer. */
public final class Embed {
    public static void main(String[] arguments) throws Exception {
        String script = "trap 'echo bye >&2; exit 3' TERM; echo hello from $$; while :; do sleep 0.1; done";
        LaunchOptions options = LaunchOptions.builder("sh", "-c", script).wantsOutput(true).build();
        try (ProcLauncher launcher = ProcLaunchers.open("native", LauncherSettings.NONE);
                ProcSupervisor supervisor = ProcSupervisor.over(launcher)) {
            Proc proc = supervisor.launch(new ProcId("greeter"), options);
            Stdio.Captured output = (Stdio.Captured) proc.launched().toCompletableFuture().get().stdio();
            String line = new BufferedReader(new InputStreamReader(output.stdout().stream())).readLine();
            System.out.println("it says: " + line);
            proc.onChange(state -> System.out.println("state: " + state));
            System.out.println("end: " + proc.terminate("enough", Duration.ofSeconds(5)).toCompletableFuture().get());
        }
    }
}
