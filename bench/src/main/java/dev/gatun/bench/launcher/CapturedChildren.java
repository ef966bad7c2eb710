package dev.gatun.bench.launcher;

import dev.gatun.bench.Options;
import dev.gatun.bench.ProcSelf;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Very many children at a time whose output is captured, by one way of launching; a JVM of its own each time. Prints
 * figures as {@code name=value}. The children write, wait, and write again, so that all of them are there
 * at the same time.
 */
final class CapturedChildren {

    private static final int BYTES_EACH = 2 * 10_000;

    private CapturedChildren() {}

    private static Starter.Capturing starter(String name, String script) {
        String[] shell = {"-c", script};
        return switch (name) {
            case "gatun" -> new ApiStarter("/bin/sh", shell);
            case "nuprocess" -> new NuProcessStarter(List.of("/bin/sh", "-c", script));
            case "processbuilder" -> new ProcessBuilderStarter(List.of("/bin/sh", "-c", script));
            default -> throw new IllegalArgumentException(name);
        };
    }

    public static void main(String[] arguments) throws Exception {
        Options options = new Options(arguments);
        int children = options.number("children", 1000);
        // A FIFO, from which each child reads one line, and so waits until all have been started.
        String gate = options.text("gate", "");
        String script = "printf %10000s x; read line < " + gate + "; printf %10000s y >&2";
        try (Starter.Capturing starter = starter(options.text("starter", "gatun"), script)) {
            long before = System.nanoTime();
            List<CompletableFuture<Integer>> outputs = new ArrayList<>(children);
            for (int i = 0; i < children; i++) {
                outputs.add(starter.capture());
            }
            long started = System.nanoTime();
            int threads = ManagementFactory.getThreadMXBean().getThreadCount();
            int whole = 0;
            try (OutputStream lines = new FileOutputStream(gate)) {
                lines.write("\n".repeat(children).getBytes(StandardCharsets.US_ASCII));
                for (CompletableFuture<Integer> output : outputs) {
                    whole += output.get() == BYTES_EACH ? 1 : 0;
                }
            }
            long ended = System.nanoTime();
            java.lang.management.OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
            long cpu = ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
            System.out.printf("children=%d whole=%d start_us=%d all_us=%d cpu_us=%d threads=%d rss_anon_kb=%d%n",
                    children, whole, (started - before) / 1000, (ended - before) / 1000, cpu / 1000, threads,
                    ProcSelf.status("RssAnon"));
        }
    }
}
