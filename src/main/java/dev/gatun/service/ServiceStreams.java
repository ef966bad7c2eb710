package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.StandardStream;
import dev.gatun.linux.Terminal;
import dev.gatun.log.DescriptorDestination;
import dev.gatun.log.Destination;
import dev.gatun.log.Log;
import dev.gatun.log.OutageListener;
import dev.gatun.log.OutputWriter;
import dev.gatun.log.RotatingFiles;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.CaptureFormat;
import dev.gatun.process.CapturedOutput;
import dev.gatun.process.CapturedStreams;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Tail;
import dev.gatun.service.config.CaptureSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the standard streams of the processes of a service lead. For the loop's thread. */
final class ServiceStreams {

    private static final int TAIL_BYTES = 16 * 1024;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Libc libc;
    private final EventLoop loop;
    private final Log log;
    private final ServicePlan plan;
    private final StandardStreams standard;
    private final List<CapturedOutput> captured = new ArrayList<>();
    private final List<OutputWriter> writers = new ArrayList<>();

    ServiceStreams(Libc libc, EventLoop loop, Log log, ServicePlan plan) {
        this.libc = libc;
        this.loop = loop;
        this.log = log;
        this.plan = plan;
        this.standard = StandardStreams.of(plan.config());
    }

    /** Whether the primary process reads from a terminal, which only our own process group can. */
    boolean sharesTerminal() {
        return standard.inheritsInput() && new Terminal(libc, StandardStream.input(libc)).foregroundGroup().isPresent();
    }

    /** The primary process's. */
    void applyTo(ProcessSetup setup) {
        if (sharesTerminal()) {
            setup.grouping(ProcessSetup.Grouping.SHARED);
        }
        apply(setup, plan.primary().name(), standard);
    }

    /** A sub-process's: it has never been able to read what was meant for the primary process. */
    void applyToSubProcess(ProcessSetup setup, String name) {
        apply(setup, name, standard.withoutInput());
    }

    private void apply(ProcessSetup setup, String name, StandardStreams streams) {
        streams.applyTo(setup);
        Optional<CaptureSettings> settings = plan.config().logging().capture();
        if (settings.isPresent()) {
            CapturedOutput output = capture(name, settings.get());
            captured.add(output);
            setup.preparation(output);
        }
    }

    private CapturedOutput capture(String name, CaptureSettings settings) {
        CaptureFormat format = switch (settings.format()) {
            case RAW -> CaptureFormat.RAW;
            case TEXT -> CaptureFormat.TEXT;
            case JSON -> CaptureFormat.JSON;
        };
        Destination destination = settings.files() == 0
                ? new DescriptorDestination(libc, StandardStream.output(libc), "standard output")
                : new RotatingFiles(file(name, settings), settings.maxBytes(), settings.files());
        OutputWriter writer = new OutputWriter(
                destination, OutputWriter.DEFAULT_BUFFER_BYTES, format.lossNotice(libc, name), new Outage(log, name));
        writers.add(writer);
        // Raw bytes of two pipes in one place would tear each other's lines.
        CapturedStreams streams = standard.mergesError() || format == CaptureFormat.RAW
                ? CapturedStreams.merged(writer)
                : CapturedStreams.separate(writer, writer);
        return new CapturedOutput(
                libc, loop, name, streams, format, new Tail(settings.tailLines(), TAIL_BYTES));
    }

    /** The configured path is the primary process's; others are named after themselves beside it. */
    private Path file(String name, CaptureSettings settings) {
        Path own = plan.resolve("var/log/" + name + ".log");
        if (settings.path().isEmpty()) {
            return own;
        }
        Path configured = plan.resolve(settings.path().get());
        return name.equals(plan.primary().name()) ? configured : configured.resolveSibling(own.getFileName());
    }

    /** A process has ended: what it wrote last is read before anybody asks for its last lines. */
    void drain() {
        for (CapturedOutput output : captured) {
            output.drain();
        }
    }

    /** The last lines of the primary process, where they are captured. */
    List<String> lastLines() {
        return captured.isEmpty() ? List.of() : captured.getFirst().lastLines();
    }

    /** Reads what there still is and waits, for a moment at most, until it is written. */
    void close() {
        for (CapturedOutput output : captured) {
            output.close();
        }
        for (OutputWriter writer : writers) {
            if (!writer.close(LAST_WORDS)) {
                log.warn("captured output was lost at the end", "lines", writer.lostLines());
            }
        }
    }

    /** Tells once an outage that output cannot be written. */
    private record Outage(Log log, String name) implements OutageListener {

        @Override
        public void writingFailed(String problem) {
            log.warn("captured output cannot be written, trying again", "process", name, "problem", problem);
        }

        @Override
        public void writingWorksAgain() {
            log.info("captured output is written again", "process", name);
        }
    }
}
