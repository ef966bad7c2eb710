package dev.gatun.engine.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.Capabilities;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherFeature;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.Stdio;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs each process as a Pod of its own. The exit is what the Pod's status says; stops are deletions. One watch tells of
 * all Pods of a launcher. What is not possible, and why, is in {@code docs/engine-kubernetes.md}.
 */
final class KubernetesLauncher implements ProcLauncher, PodProcess.Owner {

    private static final Capabilities CAPABILITIES = Capabilities.of(
            LauncherFeature.CAPTURED_OUTPUT,
            LauncherFeature.LIMITS,
            LauncherFeature.USER,
            LauncherFeature.WORKING_DIRECTORY,
            LauncherFeature.TREE_KILL,
            LauncherFeature.RECOVER);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SWEEP_PERIOD = Duration.ofSeconds(30);

    private final PodApi api;
    private final KubernetesSettings settings;
    private final PodMapping mapping;
    private final PodWatch watch;
    private final LauncherThread thread;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** Those that are not over, by the name of the Pod, which is the id's alone; the thread's. */
    private final Map<String, PodProcess> processes = new LinkedHashMap<>();

    private KubernetesLauncher(PodApi api, KubernetesSettings settings, Optional<OwnerReference> owner) {
        this.api = api;
        this.settings = settings;
        this.mapping = new PodMapping(settings.launcher(), owner, settings.terminationGrace());
        this.thread = new LauncherThread("kubernetes-launcher-" + settings.launcher());
        this.watch = new PodWatch(api.informer(settings.launcher()), news -> thread.post(() -> heard(news)));
    }

    /** @throws LauncherException with one sentence where a setting is wrong or the API server does not let us */
    static KubernetesLauncher open(KubernetesSettings settings) {
        return open(KubernetesConnection.open(settings), settings);
    }

    /** Takes the connection over, also where it throws. */
    static KubernetesLauncher open(PodApi api, KubernetesSettings settings) {
        KubernetesLauncher launcher = null;
        try {
            launcher = new KubernetesLauncher(
                    api, settings, settings.owner().map(name -> ownerReference(api, name)));
            launcher.watch.start(api.namespace());
            launcher.thread.every(SWEEP_PERIOD, launcher::sweep);
            return launcher;
        } catch (RuntimeException failed) {
            if (launcher == null) {
                api.close();
            } else {
                launcher.close();
            }
            throw failed;
        }
    }

    private static OwnerReference ownerReference(PodApi api, String name) {
        try {
            Pod pod = api.get(name)
                    .orElseThrow(() -> new LauncherException(
                            LauncherException.Operation.OTHER,
                            "the setting owner is \"" + name + "\"; expected the name of a pod in the namespace "
                                    + api.namespace()));
            return new OwnerReferenceBuilder()
                    .withApiVersion("v1")
                    .withKind("Pod")
                    .withName(name)
                    .withUid(pod.getMetadata().getUid())
                    .build();
        } catch (KubernetesClientException failed) {
            throw new LauncherException(
                    LauncherException.Operation.OTHER,
                    "the pod of the setting owner, \"" + name + "\", cannot be read: " + ApiFailure.text(failed),
                    failed);
        }
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public CompletionStage<Launched> launch(ProcId id, LaunchOptions options) {
        requireNonNull(id, "id");
        requireNonNull(options, "options");
        return thread.stage(() -> {
            CAPABILITIES.objection(KubernetesLauncherProvider.KIND, options).ifPresent(objection -> {
                throw refused(objection);
            });
            PodSettings wanted = PodSettings.of(settings.podDefaults(), options.settings());
            Pod pod = mapping.pod(api.namespace(), id, options, wanted, UUID.randomUUID().toString());
            PodProcess process = added(id, PodMarks.of(pod));
            process.create(pod);
            return process.launched();
        });
    }

    @Override
    public CompletionStage<Void> terminate(ProcId id, Duration timeout) {
        requireNonNull(id, "id");
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("the timeout is not negative, as " + timeout + " is");
        }
        return stop(id, StopRequest.TERMINATE, timeout, LauncherException.Operation.TERMINATE);
    }

    @Override
    public CompletionStage<Void> kill(ProcId id) {
        requireNonNull(id, "id");
        return stop(id, StopRequest.KILL, settings.killGrace(), LauncherException.Operation.KILL);
    }

    private CompletionStage<Void> stop(
            ProcId id, StopRequest request, Duration grace, LauncherException.Operation operation) {
        return thread.stage(() -> Optional.ofNullable(processes.get(PodName.of(id)))
                .map(process -> process.stop(request, PodMapping.wholeSeconds(grace)))
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .handle((done, failure) -> {
                    if (failure != null) {
                        throw new LauncherException(operation, ApiFailure.text(failure), failure);
                    }
                    return done;
                }));
    }

    @Override
    public CompletionStage<List<KnownProc>> list() {
        return thread.stage(() -> {
            Map<ProcId, KnownProc> known = new LinkedHashMap<>();
            processes.values().forEach(process -> process.handle()
                    .ifPresent(handle -> known.put(process.id(), known(process.id(), handle))));
            for (Pod pod : watch.pods()) {
                Optional<ProcId> id =
                        PodMarks.of(pod).id().filter(name -> !processes.containsKey(PodName.of(name)));
                if (id.isPresent() && !(PodReading.of(pod) instanceof PodReading.Ended)) {
                    known.put(id.get(), known(id.get(), PodHandle.of(pod)));
                }
            }
            return CompletableFuture.completedFuture(List.copyOf(known.values()));
        });
    }

    private static KnownProc known(ProcId id, PodHandle handle) {
        return new KnownProc(id, handle.toString(), OptionalInt.empty());
    }

    @Override
    public CompletionStage<Launched> recover(ProcId id, String handle) {
        requireNonNull(id, "id");
        PodHandle wanted;
        try {
            wanted = PodHandle.parse(handle);
        } catch (LauncherException malformed) {
            return CompletableFuture.failedFuture(malformed);
        }
        return thread.stage(() -> {
            refuseSecond(id);
            CompletionStage<Optional<Pod>> found = wanted.namespace().equals(api.namespace())
                    ? thread.ask(() -> api.get(wanted.name()))
                    : CompletableFuture.completedFuture(Optional.empty());
            return found.handle((pod, failure) -> {
                if (failure != null) {
                    throw new LauncherException(
                            LauncherException.Operation.OTHER, ApiFailure.text(failure), failure);
                }
                return pod.filter(there -> PodHandle.of(there).equals(wanted))
                        .map(there -> recovered(id, wanted, there))
                        .orElseGet(() -> CompletableFuture.completedFuture(lost(
                                wanted, wanted.podText() + " is gone, and how it ended is not known")));
            })
                    .thenCompose(stage -> stage);
        });
    }

    private CompletionStage<Launched> recovered(ProcId id, PodHandle handle, Pod pod) {
        PodMarks marks = PodMarks.of(pod);
        if (!marks.launcher().equals(settings.launcher()) || !marks.id().equals(Optional.of(id))) {
            return CompletableFuture.completedFuture(lost(
                    handle,
                    handle.podText() + " is not of the process \"" + id + "\" of the launcher \""
                            + settings.launcher() + "\""));
        }
        PodProcess process = added(id, marks);
        process.recover(pod);
        boolean hasEnded = PodReading.of(pod) instanceof PodReading.Ended;
        return process.launched()
                .handle((launched, failure) -> failure == null ? launched : lost(handle, failure.getMessage()))
                .thenCompose(launched -> hasEnded
                        ? launched.exit().thenApply(exit -> launched)
                        : CompletableFuture.completedFuture(launched));
    }

    /** A process that there is nothing of but the sentence why. */
    private static Launched lost(PodHandle handle, String why) {
        return new Launched(
                OptionalInt.empty(),
                handle.toString(),
                Optional.empty(),
                Instant.now(),
                new Stdio.ManagedByLauncher(),
                CompletableFuture.completedFuture(new ProcExit.Failed(why)));
    }

    private PodProcess added(ProcId id, PodMarks marks) {
        refuseSecond(id);
        PodProcess process = new PodProcess(id, marks, settings, api, thread, this);
        processes.put(PodName.of(id), process);
        return process;
    }

    private void refuseSecond(ProcId id) {
        if (isClosed.get()) {
            throw refused("the kubernetes launcher is closed");
        }
        if (processes.containsKey(PodName.of(id))) {
            throw refused("the process \"" + id + "\" has not ended");
        }
    }

    @Override
    public Optional<Pod> lastSeen(PodHandle handle) {
        return watch.find(handle);
    }

    @Override
    public void isOver(PodProcess process) {
        processes.remove(PodName.of(process.id()), process);
    }

    private void heard(PodWatch.News news) {
        PodProcess process = processes.get(news.pod().getMetadata().getName());
        if (process == null || process.handle().isEmpty()) {
            return;
        }
        if (!process.handle().get().equals(PodHandle.of(news.pod()))) {
            // Of an earlier Pod of that name; or ours is gone, and another one is there.
            process.check();
        } else if (news.isGone()) {
            process.gone(Optional.of(news.pod()));
        } else {
            process.seen(news.pod());
        }
    }

    /** Asks for those that the watch does not know: it may have missed that one came and went. */
    private void sweep() {
        for (PodProcess process : List.copyOf(processes.values())) {
            if (process.handle().filter(handle -> watch.find(handle).isEmpty()).isPresent()) {
                process.check();
            }
        }
    }

    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        thread.run(this::stopAll, CLOSE_TIMEOUT);
        thread.run(
                () -> {
                    List.copyOf(processes.values()).forEach(PodProcess::abandon);
                    return CompletableFuture.completedFuture(null);
                },
                CLOSE_TIMEOUT);
        watch.close();
        thread.close();
        api.close();
    }

    /** Kills those that die with us; completes when the API server has answered for each. */
    private CompletionStage<Void> stopAll() {
        List<CompletableFuture<Void>> deletions = new ArrayList<>();
        for (PodProcess process : processes.values()) {
            if (process.diesWithLauncher() || process.isUnfinished()) {
                deletions.add(process.stop(StopRequest.KILL, PodMapping.wholeSeconds(settings.killGrace()))
                        .toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(deletions.toArray(CompletableFuture[]::new));
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.LAUNCH, detail);
    }
}
