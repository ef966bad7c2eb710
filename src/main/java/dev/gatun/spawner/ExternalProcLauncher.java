package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.SystemLibc;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.Capabilities;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LoopThread;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.SpawnerCapabilities;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Has processes launched by a program that speaks {@code spawner/1} ({@code docs/spawner-protocol.md}). All state belongs
 * to an event loop in a daemon thread of its own; a spawner that misbehaves costs its own connection and nothing else.
 */
public final class ExternalProcLauncher implements ProcLauncher {

    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(1);

    private final ExternalSettings settings;
    private final EventLoop loop;
    private final LoopThread loopThread;
    private final SpawnerSession session;
    private final Faults faults;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile Capabilities capabilities = Capabilities.of();
    private boolean isClosed;

    private ExternalProcLauncher(ExternalSettings settings, Consumer<String> log) {
        this.settings = settings;
        this.faults = new Faults(log);
        SystemLibc libc = new SystemLibc();
        this.loopThread =
                LoopThread.start(libc, "spawner", problem -> log.accept("spawner: unexpected: " + problem));
        this.loop = loopThread.loop();
        try {
            Connections connections = Connections.of(libc, loop, settings);
            String version = ExternalProcLauncher.class.getPackage().getImplementationVersion();
            Call.Peer peer = new Call.Peer("gatun", version == null ? "development build" : version);
            this.session = new SpawnerSession(
                    loop,
                    connections.transport(),
                    settings.deadlines(),
                    new Call.Hello(LinkRules.PROTOCOL, peer, connections.cookie()),
                    System.currentTimeMillis(),
                    new Observer(),
                    faults,
                    log);
        } catch (RuntimeException refused) {
            loopThread.close();
            throw refused;
        }
    }

    /**
     * Starts to work, and does not wait for the spawner.
     *
     * @param log gets lines of the spawner and about it, on the launcher's thread; it must not wait
     */
    static ExternalProcLauncher start(ExternalSettings settings, Consumer<String> log) {
        ExternalProcLauncher launcher = new ExternalProcLauncher(requireNonNull(settings), requireNonNull(log));
        launcher.loop.post(launcher.session::open);
        return launcher;
    }

    /**
     * Starts to work, and waits for the first connection.
     *
     * @throws LauncherException where the first try comes to nothing
     */
    static ExternalProcLauncher open(ExternalSettings settings, Consumer<String> log) {
        ExternalProcLauncher launcher = start(settings, log);
        Duration limit = settings.deadlines().hello().plus(settings.deadlines().hello());
        String problem;
        try {
            launcher.ready.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return launcher;
        } catch (ExecutionException refused) {
            problem = refused.getCause().getMessage();
        } catch (TimeoutException silent) {
            problem = "nothing came of it within " + Deadlines.words(limit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            problem = "interrupted";
        }
        launcher.close();
        throw new LauncherException(
                LauncherException.Operation.OTHER, "no connection to the spawner: " + problem);
    }

    /** What the spawner has said in its latest {@code hello}. */
    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    /** How often the spawner has done what it should not have, since the launcher was opened. */
    public Map<Fault, Long> faults() {
        return faults.counts();
    }

    @Override
    public CompletionStage<Launched> launch(ProcId id, LaunchOptions options) {
        requireNonNull(id, "id");
        requireNonNull(options, "options");
        return posted(LauncherException.Operation.LAUNCH, () -> session.launch(id, options));
    }

    @Override
    public CompletionStage<Void> terminate(ProcId id, Duration timeout) {
        requireNonNull(id, "id");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + timeout);
        }
        return posted(LauncherException.Operation.TERMINATE, () -> session.terminate(id, timeout));
    }

    @Override
    public CompletionStage<Void> kill(ProcId id) {
        requireNonNull(id, "id");
        return posted(LauncherException.Operation.KILL, () -> session.kill(id));
    }

    @Override
    public CompletionStage<List<KnownProc>> list() {
        return posted(LauncherException.Operation.OTHER, session::list);
    }

    @Override
    public CompletionStage<Launched> recover(ProcId id, String handle) {
        requireNonNull(id, "id");
        requireNonNull(handle, "handle");
        return posted(LauncherException.Operation.OTHER, () -> session.recover(id, handle));
    }

    /** Has the owner of all state do it. */
    private synchronized <T> CompletionStage<T> posted(
            LauncherException.Operation operation, Supplier<CompletableFuture<T>> work) {
        if (isClosed) {
            return CompletableFuture.failedFuture(new LauncherException(operation, "the launcher is closed"));
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.post(() -> {
            try {
                work.get().whenComplete((value, problem) -> {
                    if (problem == null) {
                        result.complete(value);
                    } else {
                        result.completeExceptionally(problem);
                    }
                });
            } catch (RuntimeException unexpected) {
                result.completeExceptionally(new LauncherException(operation, "unexpected: " + unexpected, unexpected));
            }
        });
        return result;
    }

    /** Must not be called on the launcher's own thread, which it waits for. */
    @Override
    public void close() {
        synchronized (this) {
            if (!isClosed) {
                isClosed = true;
                loop.post(() -> session.close(loop::stop));
            }
        }
        Deadlines deadlines = settings.deadlines();
        Duration limit = deadlines.shutdown().plus(deadlines.stop()).plus(CLOSE_MARGIN);
        loopThread.await(limit);
    }

    /** A secret that no other user of the machine can guess. */
    static String newCookie() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private final class Observer implements SpawnerSession.Observer {

        @Override
        public void opened(SpawnerCapabilities found) {
            capabilities = SpawnerFeatures.of(found);
            ready.complete(null);
        }

        @Override
        public void unavailable(String reason) {
            ready.completeExceptionally(new IllegalStateException(reason));
        }
    }
}
