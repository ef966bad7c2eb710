package dev.gatun.bench.launcher;

import dev.gatun.bench.Options;
import dev.gatun.bench.ProcSelf;
import dev.gatun.bench.Samples;
import dev.gatun.bench.Table;
import dev.gatun.bench.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Launching through the API beside the tape alone, NuProcess and ProcessBuilder: one at a time, and many at a time. */
final class LauncherReport implements AutoCloseable {

    private final Map<Starter, Samples> samples = new LinkedHashMap<>();

    private LauncherReport() {
        for (Starter starter : List.of(
                new TapeStarter("/bin/true"),
                new ApiStarter("/bin/true"),
                new NuProcessStarter(List.of("/bin/true")),
                new ProcessBuilderStarter(List.of("/bin/true")))) {
            samples.put(starter, new Samples());
        }
    }

    /** From the call until the program runs, one after the other. */
    private void latency(int rounds, int each) throws Exception {
        for (int round = -rounds / 4; round < rounds; round++) {
            for (Starter starter : inTurn(round)) {
                for (int i = 0; i < each; i++) {
                    long before = System.nanoTime();
                    CompletableFuture<Integer> exit = starter.startAndWaitUntilItRuns();
                    long after = System.nanoTime();
                    expectZero(starter, exit.get());
                    if (round >= 0) {
                        samples.get(starter).add(after - before);
                    }
                }
            }
        }
    }

    /** A batch of launches and the wait for all of its ends, for each launch of it. */
    private int batches(int rounds, int each) throws Exception {
        int launches = 0;
        for (int round = -rounds / 4; round < rounds; round++) {
            for (Starter starter : inTurn(round)) {
                long before = System.nanoTime();
                List<CompletableFuture<Integer>> exits = new ArrayList<>(each);
                for (int i = 0; i < each; i++) {
                    exits.add(starter.start());
                }
                for (CompletableFuture<Integer> exit : exits) {
                    expectZero(starter, exit.get());
                }
                if (round >= 0) {
                    samples.get(starter).add((System.nanoTime() - before) / each);
                    launches += starter instanceof ApiStarter ? each : 0;
                }
            }
        }
        return launches;
    }

    /** Each round begins with another one: none of them always follows the same neighbour's cache misses. */
    private List<Starter> inTurn(int round) {
        List<Starter> starters = new ArrayList<>(samples.keySet());
        java.util.Collections.rotate(starters, round);
        return starters;
    }

    private static void expectZero(Starter starter, int code) {
        if (code != 0) {
            throw new IllegalStateException(starter.name() + ": exit code " + code);
        }
    }

    private Samples of(Class<? extends Starter> type) {
        return samples.entrySet().stream().filter(entry -> type.isInstance(entry.getKey())).findFirst().orElseThrow()
                .getValue();
    }

    private void print() {
        Table table = new Table("", "min µs", "median µs", "p90 µs", "p99 µs", "median / tape");
        double base = of(TapeStarter.class).medianMicros();
        samples.forEach((starter, times) -> table.row(
                starter.name(),
                times.percentileMicros(0),
                times.medianMicros(),
                times.percentileMicros(90),
                times.percentileMicros(99),
                times.medianMicros() / base));
        table.print(System.out);
        double api = of(ApiStarter.class).medianMicros();
        System.out.println(Verdict.atMost("API / tape", api / base, 1.15));
        System.out.println(Verdict.atLeast("NuProcess / API", of(NuProcessStarter.class).medianMicros() / api, 1));
        System.out.println(Verdict.atLeast(
                "ProcessBuilder / API", of(ProcessBuilderStarter.class).medianMicros() / api, 1));
        System.out.println();
    }

    @Override
    public void close() {
        samples.keySet().forEach(LauncherReport::close);
    }

    private static void close(Starter starter) {
        try {
            starter.close();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static long usedHeapKilobytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1024;
    }

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        int rounds = options.number("rounds", 40);
        int each = options.number("each", 25);
        try (LauncherReport report = new LauncherReport()) {
            if (options.text("mode", "latency").equals("latency")) {
                report.latency(rounds, each);
                report.print();
                return;
            }
            report.batches(4, each);
            int descriptors = ProcSelf.descriptors();
            long heap = usedHeapKilobytes();
            report.samples.replaceAll((starter, old) -> new Samples());
            int launches = report.batches(rounds, each);
            report.print();
            System.out.printf("%d launches through the API, %d at a time: 0 lost; descriptors %d, then %d;"
                    + " heap in use %d kB, then %d kB.%n%n",
                    launches, each, descriptors, ProcSelf.descriptors(), heap, usedHeapKilobytes());
        }
    }
}
