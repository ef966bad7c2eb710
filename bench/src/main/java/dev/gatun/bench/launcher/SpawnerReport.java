package dev.gatun.bench.launcher;

import dev.gatun.bench.Options;
import dev.gatun.bench.Samples;
import dev.gatun.bench.Table;
import dev.gatun.bench.Verdict;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLaunchers;
import java.util.Map;

/** What a spawner costs for each launch, beside the process itself: one that answers at once and starts nothing. */
final class SpawnerReport {

    private SpawnerReport() {}

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        int launches = options.number("launches", 2000);
        Samples launched = new Samples();
        Samples over = new Samples();
        LauncherSettings settings = new LauncherSettings(Map.of("command", options.text("command", "")));
        LaunchOptions nothing = LaunchOptions.builder("nothing").build();
        try (ProcLauncher launcher = ProcLaunchers.open("external", settings)) {
            for (int i = -launches / 4; i < launches; i++) {
                long before = System.nanoTime();
                Launched process = launcher.launch(new ProcId("p" + i), nothing).toCompletableFuture().get();
                long between = System.nanoTime();
                process.exit().toCompletableFuture().get();
                if (i >= 0) {
                    launched.add(between - before);
                    over.add(System.nanoTime() - before);
                }
            }
        }
        Table table = new Table(launches + " launches, one at a time", "min µs", "median µs", "p90 µs", "p99 µs");
        for (var row : Map.of("until it is launched", launched, "until its exit is known", over).entrySet()) {
            Samples times = row.getValue();
            table.row(row.getKey(), times.percentileMicros(0), times.medianMicros(), times.percentileMicros(90),
                    times.percentileMicros(99));
        }
        table.print(System.out);
        System.out.println(Verdict.atMost("overhead of a launch, ms", launched.medianMicros() / 1000, 2));
        System.out.println();
    }
}
