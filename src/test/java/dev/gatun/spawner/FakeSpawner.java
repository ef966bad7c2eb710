package dev.gatun.spawner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A launcher whose spawner is {@code fake_spawner.py}, and what was logged. */
final class FakeSpawner implements AutoCloseable {

    static final ProcId WEB = new ProcId("web");

    private static final long PATIENCE_SECONDS = 30;

    final List<String> log = new CopyOnWriteArrayList<>();
    final ExternalProcLauncher launcher;

    private FakeSpawner(LauncherSettings settings, boolean waits) {
        ExternalSettings read = ExternalSettings.read(settings);
        this.launcher = waits ? ExternalProcLauncher.open(read, log::add) : ExternalProcLauncher.start(read, log::add);
    }

    /** One that is connected. */
    static FakeSpawner connected(String scenario, String... settings) {
        return new FakeSpawner(settings(scenario, settings), true);
    }

    /** One that need not ever be. */
    static FakeSpawner started(String scenario, String... settings) {
        return new FakeSpawner(settings(scenario, settings), false);
    }

    /**
     * Short deadlines for what is expected not to come; those for what is expected to come stay long.
     *
     * @param more {@code name=value}
     */
    static LauncherSettings settings(String scenario, String... more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "command", "python3 " + script() + " " + scenario,
                "restart-delay", "10ms",
                "max-restart-delay", "50ms",
                "shutdown-timeout", "1s",
                "stop-timeout", "200ms"));
        for (String setting : more) {
            String[] parts = setting.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        return new LauncherSettings(values);
    }

    static Path script() {
        try {
            return Path.of(FakeSpawner.class.getResource("/spawner/fake_spawner.py").toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    CompletionStage<Launched> ask(ProcId id, String program) {
        return launcher.launch(id, LaunchOptions.builder(program).build());
    }

    Launched launch(String program) {
        return get(ask(WEB, program));
    }

    Launched launch(ProcId id, String program) {
        return get(ask(id, program));
    }

    String launchFailure(String program) {
        return failure(ask(WEB, program));
    }

    ProcExit exitOf(String program) {
        return get(launch(program).exit());
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("nothing after " + PATIENCE_SECONDS + " s", late);
        }
    }

    static String failure(CompletionStage<?> stage) {
        try {
            return fail("no failure but " + get(stage));
        } catch (CompletionException failed) {
            return failed.getCause().getMessage();
        }
    }

    long faults(Fault fault) {
        return launcher.faults().get(fault);
    }

    void awaitLog(String part) {
        await("a line of the log with " + part + " in it", () -> log.stream().anyMatch(line -> line.contains(part)));
    }

    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE_SECONDS).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting for %s; the log: %s", what, log).isLessThan(end);
            Thread.onSpinWait();
            try {
                Thread.sleep(2);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    @Override
    public void close() {
        launcher.close();
    }
}
