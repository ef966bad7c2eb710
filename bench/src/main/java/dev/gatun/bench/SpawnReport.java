package dev.gatun.bench;

import dev.gatun.linux.SignalSet;
import dev.gatun.linux.SpawnTape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long it takes from the decision to start a program until the program runs: the tape beside its peers. */
final class SpawnReport implements AutoCloseable {

    private static final String TAPE = "tape, full, as the supervisor uses it";
    private static final String POSIX_SPAWN = "C `posix_spawn`";
    private static final String PROCESS_BUILDER = "`ProcessBuilder`";

    private final TouchedHeap heap;
    private final Spawners spawners = new Spawners(Command.of("/bin/true"));
    private final List<Contender> contenders = new ArrayList<>();
    private final Map<Contender, Samples> samples = new LinkedHashMap<>();

    private SpawnReport(int heapMegabytes, String spawner, boolean parts) throws Exception {
        heap = new TouchedHeap(heapMegabytes);
        contenders.add(new CProgram(POSIX_SPAWN, "posix_spawn", spawner, heapMegabytes));
        contenders.add(new CProgram(
                "C `posix_spawn` with group, default signals, mask", "posix_spawn_attributes", spawner, heapMegabytes));
        contenders.add(new CProgram("C `vfork` + `execve`", "vfork", spawner, heapMegabytes));
        contenders.add(new InProcess(TAPE, spawners::fullTape, spawners::await));
        contenders.add(new InProcess("tape, bare (`execve` alone)", spawners::bareTape, spawners::await));
        contenders.add(new InProcess("FFM `posix_spawn`", spawners::posixSpawn, spawners::await));
        contenders.add(new InProcess(PROCESS_BUILDER, spawners::processBuilder, Process::waitFor));
        if (parts) {
            addParts();
        }
    }

    /** What the full tape is made of, for those who ask where the time goes. */
    private void addParts() {
        Command command = Command.of("/bin/true");
        SpawnTape written = spawners.setup().tape(spawners.libc());
        SpawnTape few = command.setup().leaveSignals(new SignalSet(-1)).tape(spawners.libc());
        contenders.add(new InProcess("tape, full, written beforehand", () -> spawners.walk(written), spawners::await));
        contenders.add(new InProcess("tape, full but for the dispositions", () -> spawners.walk(few), spawners::await));
        contenders.add(new InProcess(
                "only writing the tape", () -> spawners.setup().tape(spawners.libc()), tape -> {}));
        contenders.add(new FirstLook(spawners));
    }

    private void run(int rounds, int each, int warmUpRounds) throws Exception {
        for (int round = -warmUpRounds; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                // Each round begins with another one: none of them always follows the same neighbour's cache misses.
                Contender contender = contenders.get(Math.floorMod(i + round, contenders.size()));
                Samples into = round < 0 ? new Samples() : samples.computeIfAbsent(contender, key -> new Samples());
                contender.measure(each, into);
            }
        }
    }

    private void print() {
        double base = median(POSIX_SPAWN);
        Table table = new Table("contender", "min µs", "median µs", "p90 µs", "p99 µs", "median / C posix_spawn");
        for (Contender contender : contenders) {
            Samples times = samples.get(contender);
            table.row(
                    contender.name(),
                    times.percentileMicros(0),
                    times.medianMicros(),
                    times.percentileMicros(90),
                    times.percentileMicros(99),
                    times.medianMicros() / base);
        }
        table.print(System.out);
        System.out.println(Verdict.atMost("tape / C posix_spawn", median(TAPE) / base, 1.3));
        System.out.println(Verdict.atLeast("ProcessBuilder / tape", median(PROCESS_BUILDER) / median(TAPE), 8));
        System.out.println();
    }

    private double median(String name) {
        for (Map.Entry<Contender, Samples> entry : samples.entrySet()) {
            if (entry.getKey().name().equals(name)) {
                return entry.getValue().medianMicros();
            }
        }
        throw new IllegalArgumentException(name);
    }

    @Override
    public void close() throws IOException {
        for (Contender contender : contenders) {
            contender.close();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        int rounds = options.number("rounds", 40);
        int each = options.number("each", 25);
        int megabytes = options.number("heap-mb", 0);
        boolean parts = options.text("parts", "no").equals("yes");
        try (SpawnReport report = new SpawnReport(megabytes, options.text("spawner", "spawner"), parts)) {
            report.run(rounds, each, options.number("warm-up-rounds", 20));
            System.out.printf(
                    "Parents with %d MB of touched memory, %d spawns of `/bin/true` for each contender, %d in turn.%n%n",
                    report.heap.megabytes(), rounds * each, each);
            report.print();
        }
    }
}
