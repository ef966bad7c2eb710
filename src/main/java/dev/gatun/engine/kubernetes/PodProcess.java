package dev.gatun.engine.kubernetes;

import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcOutput;
import dev.gatun.process.Stdio;
import dev.gatun.process.Tail;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** A process and its Pod, from the request to the exit. For the launcher's thread. */
final class PodProcess {

    /** How long an exit waits for the last of the log, and how long the Pod does, for which nobody waits. */
    private static final Duration EXIT_AFTER_LOG = Duration.ofSeconds(3);

    private static final Duration DELETE_AFTER_LOG = Duration.ofMinutes(1);

    private enum Phase {
        CREATING,
        STARTING,
        RUNNING,
        ENDING,
        OVER
    }

    /** Whoever keeps the table of processes. */
    interface Owner {

        /** The Pod as the watch has seen it last, if it has. */
        Optional<Pod> lastSeen(PodHandle handle);

        /** Told before the exit is. */
        void isOver(PodProcess process);
    }

    private final ProcId id;
    private final PodMarks marks;
    private final KubernetesSettings settings;
    private final PodApi api;
    private final LauncherThread thread;
    private final Owner owner;
    private final CompletableFuture<Void> created = new CompletableFuture<>();
    private final CompletableFuture<Launched> launched = new CompletableFuture<>();
    private final CompletableFuture<ProcExit> exit = new CompletableFuture<>();

    private Phase phase = Phase.CREATING;
    private Optional<PodHandle> handle = Optional.empty();
    private StopRequest stop = StopRequest.NONE;
    private boolean isGone;
    private boolean isRecovered;
    private Optional<ProcExit> known = Optional.empty();
    private Optional<LogFollower> follower = Optional.empty();
    private String waitsFor = "it was not seen yet";
    private Future<?> startTimer = CompletableFuture.completedFuture(null);
    private Future<?> imageTimer = CompletableFuture.completedFuture(null);

    PodProcess(
            ProcId id, PodMarks marks, KubernetesSettings settings, PodApi api, LauncherThread thread, Owner owner) {
        this.id = id;
        this.marks = marks;
        this.settings = settings;
        this.api = api;
        this.thread = thread;
        this.owner = owner;
    }

    ProcId id() {
        return id;
    }

    Optional<PodHandle> handle() {
        return handle;
    }

    boolean diesWithLauncher() {
        return marks.diesWithLauncher();
    }

    CompletionStage<Launched> launched() {
        return launched;
    }

    /** Has the Pod made, and looks after it from then on. */
    void create(Pod pod) {
        thread.ask(() -> new PodCreation(api, settings.startTimeout()).create(pod)).whenComplete((made, failure) -> {
            if (failure != null) {
                over();
                launched.completeExceptionally(
                        failure instanceof LauncherException ? failure : launchFailure(ApiFailure.text(failure)));
            } else if (phase == Phase.OVER) {
                delete(PodHandle.of(made), 0);
            } else {
                begin(made);
            }
            created.complete(null);
        });
    }

    /** Takes up a Pod that is there. */
    void recover(Pod pod) {
        isRecovered = true;
        begin(pod);
        created.complete(null);
    }

    private void begin(Pod pod) {
        handle = Optional.of(PodHandle.of(pod));
        phase = Phase.STARTING;
        startTimer = thread.after(settings.startTimeout(), this::startTimedOut);
        // The watch may have told of it before we knew that it is ours.
        seen(owner.lastSeen(PodHandle.of(pod)).orElse(pod));
    }

    /** Reads what the Pod's status says. */
    void seen(Pod pod) {
        switch (PodReading.of(pod)) {
            case PodReading.Waiting waiting -> waits(waiting);
            case PodReading.Running running -> runs(running.startedAt(), running.address());
            case PodReading.Ended ended -> ends(ended);
        }
    }

    /** The Pod is not there any more; somebody has seen it last like this. */
    void gone(Optional<Pod> last) {
        isGone = true;
        last.map(PodReading::of).ifPresent(reading -> {
            if (reading instanceof PodReading.Ended ended) {
                ends(ended);
            }
        });
        if (phase == Phase.STARTING) {
            fail(stop == StopRequest.NONE
                    ? podText() + " is gone: deleted by somebody else before it ran"
                    : podText() + " was stopped before it ran");
        } else if (phase == Phase.RUNNING) {
            end(stop.assumedExit(handle.orElseThrow()));
        }
    }

    /** Asks the API server, where the watch may have missed something. */
    CompletionStage<Void> check() {
        if (phase != Phase.STARTING && phase != Phase.RUNNING) {
            return CompletableFuture.completedFuture(null);
        }
        PodHandle ours = handle.orElseThrow();
        return thread.ask(() -> api.get(ours.name())).handle((pod, failure) -> {
            if (failure == null) {
                pod.filter(there -> PodHandle.of(there).equals(ours))
                        .ifPresentOrElse(this::seen, () -> gone(Optional.empty()));
            }
            return null;
        });
    }

    /** Begins to stop it. */
    CompletionStage<Void> stop(StopRequest request, long graceSeconds) {
        StopRequest before = stop;
        stop = stop.with(request);
        return created.thenCompose(done -> switch (phase) {
            case STARTING, RUNNING -> delete(handle.orElseThrow(), graceSeconds);
            case CREATING, ENDING, OVER -> CompletableFuture.completedFuture(null);
        })
                .whenComplete((done, failure) -> stop = failure == null ? stop : before);
    }

    /** Lets go of it: nobody will see how it ends. */
    void abandon() {
        switch (phase) {
            case CREATING, STARTING -> {
                over();
                launched.completeExceptionally(launchFailure("the launcher was closed before " + podText() + " ran"));
            }
            case RUNNING -> {
                follower.ifPresent(LogFollower::stop);
                finish(
                        stop == StopRequest.NONE
                                ? new ProcExit.Failed("the launcher was closed; " + podText() + " goes on without it")
                                : stop.assumedExit(handle.orElseThrow()));
            }
            case ENDING -> {
                follower.ifPresent(LogFollower::stop);
                known.ifPresentOrElse(this::finish, this::over);
                launched.completeExceptionally(launchFailure("the launcher was closed"));
            }
            case OVER -> {}
        }
    }

    /** Whether the Pod is of no use to anybody once the launcher is closed. */
    boolean isUnfinished() {
        return phase == Phase.CREATING || phase == Phase.STARTING && !isRecovered;
    }

    private CompletionStage<Void> delete(PodHandle pod, long graceSeconds) {
        return thread.ask(() -> api.delete(pod, OptionalLong.of(graceSeconds))).thenCompose(
                wasThere -> wasThere ? CompletableFuture.completedFuture(null) : check());
    }

    private void waits(PodReading.Waiting waiting) {
        if (phase != Phase.STARTING) {
            return;
        }
        waitsFor = waiting.why();
        switch (waiting.prospect()) {
            case HOPELESS -> fail(waiting.why());
            case TROUBLE -> {
                if (imageTimer.isDone()) {
                    imageTimer = thread.after(settings.imageTimeout(), () -> fail(waitsFor));
                }
            }
            case PROGRESS -> imageTimer.cancel(false);
        }
    }

    private void startTimedOut() {
        // A last look: the watch may have missed the start.
        check().thenRun(() -> fail("not running after " + settings.startTimeout().toSeconds() + " s: " + waitsFor));
    }

    private void runs(Optional<Instant> startedAt, Optional<String> address) {
        if (phase != Phase.STARTING) {
            return;
        }
        phase = Phase.RUNNING;
        cancelTimers();
        Stdio stdio = new Stdio.ManagedByLauncher();
        if (marks.wantsOutput()) {
            LogFollower log = new LogFollower(
                    thread,
                    api,
                    handle.orElseThrow().name(),
                    new Tail(marks.tailLines(), PodApi.TAIL_BYTES),
                    isRecovered ? Optional.of(Instant.now()) : Optional.empty());
            follower = Optional.of(log);
            // Kubernetes keeps one log for both.
            ProcOutput nothing = new ProcOutput(1, () -> {});
            nothing.end();
            stdio = new Stdio.Captured(log.output(), nothing);
            log.start();
        }
        launched.complete(new Launched(
                OptionalInt.empty(),
                handle.orElseThrow().toString(),
                address,
                startedAt.orElseGet(Instant::now),
                stdio,
                exit.minimalCompletionStage()));
    }

    private void ends(PodReading.Ended ended) {
        if (phase == Phase.STARTING && ended.exit() instanceof ProcExit.Failed failed) {
            fail(failed.reason());
        } else {
            runs(ended.startedAt(), ended.address());
            end(ended.exit());
        }
    }

    /** There will be no process: the Pod goes, then whoever waits for it is told. */
    private void fail(String why) {
        if (phase != Phase.STARTING) {
            return;
        }
        phase = Phase.ENDING;
        cancelTimers();
        PodHandle pod = handle.orElseThrow();
        CompletionStage<Boolean> deleted = isGone
                ? CompletableFuture.completedFuture(true)
                : thread.ask(() -> api.delete(pod, OptionalLong.of(0)));
        deleted.whenComplete((done, failure) -> {
            over();
            String left = failure == null ? "" : "; and the pod is left, since " + ApiFailure.text(failure);
            launched.completeExceptionally(launchFailure(why + left));
        });
    }

    private void end(ProcExit how) {
        if (phase != Phase.RUNNING) {
            return;
        }
        phase = Phase.ENDING;
        known = Optional.of(how);
        if (follower.isPresent()) {
            endAfterLog(how, follower.get());
        } else {
            finishWithTail(how).thenRun(this::deleteEnded);
        }
    }

    /** Finishes with the last lines of the log, where it can be had. */
    private CompletionStage<Void> finishWithTail(ProcExit how) {
        if (marks.tailLines() == 0 || isGone) {
            finish(how);
            return CompletableFuture.completedFuture(null);
        }
        String name = handle.orElseThrow().name();
        return thread.ask(() -> api.tail(name, marks.tailLines())).handle((lines, failure) -> {
            finish(failure == null && lines.isPresent() ? how.withTail(lines.get()) : how);
            return null;
        });
    }

    private void endAfterLog(ProcExit how, LogFollower log) {
        // Where the reader is behind, the last line that has come is not the last one.
        Future<?> exitPatience = thread.after(EXIT_AFTER_LOG, () -> finishWithTail(how));
        Future<?> deletePatience = thread.after(DELETE_AFTER_LOG, log::stop);
        log.ended().thenRun(() -> {
            exitPatience.cancel(false);
            deletePatience.cancel(false);
            if (marks.tailLines() > 0 && !isRecovered) {
                finish(how.withTail(log.lastLines()));
                deleteEnded();
            } else {
                // What was written before the recovery was not followed.
                finishWithTail(how).thenRun(this::deleteEnded);
            }
        });
        log.containerEnded();
    }

    private void finish(ProcExit how) {
        if (phase == Phase.OVER) {
            return;
        }
        over();
        exit.complete(how);
    }

    /** What has ended is of no more use, except to those who want to look at it. */
    private void deleteEnded() {
        if (!isGone && !settings.keep()) {
            PodHandle pod = handle.orElseThrow();
            thread.ask(() -> api.delete(pod, OptionalLong.empty()));
        }
    }

    private void over() {
        phase = Phase.OVER;
        cancelTimers();
        owner.isOver(this);
    }

    private void cancelTimers() {
        startTimer.cancel(false);
        imageTimer.cancel(false);
    }

    private String podText() {
        return handle.map(PodHandle::podText).orElse("the pod of \"" + id + "\"");
    }

    private static LauncherException launchFailure(String detail) {
        return new LauncherException(LauncherException.Operation.LAUNCH, detail);
    }
}
