package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.Policy;
import dev.gatun.linux.CString;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.NativeMemory;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.ProcStatus;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import dev.gatun.process.ProcessListener;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Redirect;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.process.TreeScope;
import dev.gatun.service.config.DumpKind;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Services on the real kernel, and dumps of them. The test's thread is the loop's. */
final class DumpWorld implements AutoCloseable {

    /** Only a broken test ever waits this long. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Libc libc = new SystemLibc();
    final EventLoop loop = EventLoop.open(libc, this::onError);
    final ProcessTree tree = new ProcessTree(libc);
    final Supervisor supervisor =
            new Supervisor(libc, loop, tree, () -> 0.5, new ProcessListener() {});
    final List<DumpResult> results = new ArrayList<>();

    private final Path root;
    private final List<SupervisedProcess> services = new ArrayList<>();
    private Throwable problem;
    private boolean expired;

    /** @param root an empty folder: dist root, current folder and class path of all that runs */
    DumpWorld(Path root) throws IOException {
        this.root = root;
        // Some services run as somebody else.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxrwx"));
        String program = IdleProgram.class.getName().replace('.', '/') + ".class";
        Path target = root.resolve(program);
        Files.createDirectories(target.getParent());
        try (var bytes = IdleProgram.class.getResourceAsStream("/" + program)) {
            Files.copy(bytes, target);
        }
    }

    /** The words that run {@link IdleProgram}. */
    static List<String> java(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "."));
        command.addAll(List.of(options));
        command.add(IdleProgram.class.getName());
        return command;
    }

    static List<String> script(String text, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", text, "sh"));
        command.addAll(arguments);
        return command;
    }

    ProcessSetup setup(List<String> command) {
        List<CString> words = CString.listOf(command.toArray(String[]::new));
        return new ProcessSetup(words.get(0), words, CString.listOf("PATH=" + System.getenv("PATH")))
                .workingDirectory(CString.of(root.toString()));
    }

    SupervisedProcess start(List<String> command) {
        return start(setup(command), 1);
    }

    /** Starts a service and waits until it has said some lines. */
    SupervisedProcess start(ProcessSetup setup, int lines) {
        SupervisedProcess service = supervisor.add("service", setup, Policy.DEFAULT, TreeScope.OWN);
        services.add(service);
        StringBuilder output = new StringBuilder();
        try (Pipe pipe = Pipe.open(libc); Arena arena = Arena.ofConfined()) {
            setup.streams(new Redirect.Discard(), new Redirect.ToPipe(pipe.writeEnd()), new Redirect.Inherit());
            service.start();
            pipe.writeEnd().close();
            NativeMemory buffer = NativeMemory.allocate(arena, 256);
            Watch watch = loop.watch(pipe.readEnd(), Epoll.READABLE, readiness -> {
                int count = (int) pipe.readEnd().read(buffer.segment());
                assertThat(count).as("read of the service's output, so far: " + output).isPositive();
                output.append(new String(buffer.get(0, count), StandardCharsets.UTF_8));
            });
            until("what the service says", () -> output.chars().filter(c -> c == '\n').count() >= lines);
            watch.cancel();
        }
        return service;
    }

    DumpPlan plan(DumpKind kind, Duration timeout, String... command) {
        return new DumpPlan(
                kind, CString.of(root.toString()), CString.of(root.resolve("var/log").toString()), "tested",
                List.of(command), CString.listOf("PATH=" + System.getenv("PATH")), timeout);
    }

    MemoryDump dump(DumpPlan plan) {
        return new MemoryDump(libc, loop, supervisor, plan);
    }

    DumpResult take(DumpPlan plan, int pid) {
        return take(dump(plan), pid);
    }

    DumpResult take(MemoryDump dump, int pid) {
        int before = results.size();
        dump.begin(pid, results::add);
        assertThat(results).as("answers before the method returns").hasSize(before);
        until("the answer", () -> results.size() > before);
        assertThat(dump.isUnderWay()).isFalse();
        return results.getLast();
    }

    /** Its file, which it must have. */
    static Path file(DumpResult result) {
        assertThat(result).isInstanceOf(DumpResult.Taken.class);
        return Path.of(((DumpResult.Taken) result).file().orElseThrow().toString());
    }

    static String reason(DumpResult result) {
        assertThat(result).isInstanceOf(DumpResult.Failed.class);
        return ((DumpResult.Failed) result).reason();
    }

    /** Turns the loop until something is so. */
    void until(String what, BooleanSupplier condition) {
        expired = false;
        Timer deadline = loop.schedule(PATIENCE, () -> expired = true);
        while (!condition.getAsBoolean()) {
            loop.runOnce();
            assertThat(problem).as("what a handler threw").isNull();
            assertThat(expired).as("still waiting for %s after %s", what, PATIENCE).isFalse();
        }
        deadline.cancel();
    }

    /** For what comes without an event for the loop: looks until it is so. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " within " + PATIENCE).isLessThan(deadline);
            Thread.yield();
        }
    }

    /** The state letter of {@code /proc/PID/stat}; a blank for one that is gone. */
    static char state(int pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return ' ';
        }
    }

    /** What a file holds; nothing for one that is not there. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            return "";
        }
    }

    private void onError(Throwable thrown) {
        problem = problem == null ? thrown : problem;
    }

    @Override
    public void close() {
        problem = null;
        Set<Path> sockets = new HashSet<>();
        for (SupervisedProcess service : services) {
            if (service.isRunning()) {
                addSocket(sockets, service.pid());
                tree.descendants(service.pid()).forEach(process -> addSocket(sockets, process.pid()));
            }
            // The group too: a script leaves its JVM behind.
            service.signal(true, Signal.KILL.number());
        }
        until("the end of all services", () -> services.stream().noneMatch(SupervisedProcess::isRunning));
        loop.close();
        sockets.forEach(socket -> socket.toFile().delete());
    }

    /** What a JVM that is killed leaves behind. */
    private void addSocket(Set<Path> sockets, int pid) {
        Optional<ProcStatus> status = ProcStatus.read(libc, "/proc/" + pid + "/status");
        String pids = status.flatMap(present -> present.field("NSpid")).orElse("0");
        sockets.add(Path.of("/tmp/.java_pid" + pids.substring(pids.lastIndexOf('\t') + 1)));
    }
}
