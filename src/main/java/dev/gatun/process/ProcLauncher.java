package dev.gatun.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Starts and stops processes of one kind: on this machine, in containers, by a program that does it for us. A launcher
 * only begins things: whether a process is ready is for somebody else to say ({@link ProcSupervisor}), that it has ended
 * for {@link Launched#exit} alone, and what to do when a stop takes too long for whoever asked for it.
 *
 * <p>Thread-safe. No method waits: what takes time is done elsewhere, and the stage that is returned completes then,
 * exceptionally with a {@link LauncherException} where it could not be done. Stages that are attached to it run on the
 * launcher's thread and must not wait either. Found by {@link ProcLaunchers}.
 */
public interface ProcLauncher extends AutoCloseable {

    /** What options it honours and what it can tell. */
    Capabilities capabilities();

    /**
     * Starts a process. The stage completes when it runs (a container: when it has been started, image and all).
     *
     * @return fails with a {@link LauncherException} where there is no process; a name whose process has not ended is
     *     refused so. A launcher that hears of the start only by the end completes it with the exit known
     */
    CompletionStage<Launched> launch(ProcId id, LaunchOptions options);

    /**
     * Begins an orderly stop of a process and its descendants, and sees to it that what is left after the timeout is
     * killed.
     *
     * @param timeout not negative
     * @return completes when the stop has begun, or when there is no such process; never says that it has ended
     */
    CompletionStage<Void> terminate(ProcId id, Duration timeout);

    /** Kills a process and its descendants; otherwise like {@link #terminate}. */
    CompletionStage<Void> kill(ProcId id);

    /** What it has launched or recovered that has not ended; with {@link LauncherFeature#RECOVER} also what it could recover. */
    CompletionStage<List<KnownProc>> list();

    /**
     * Takes up a process that an earlier launcher has started, in another life of this program. Where it has ended
     * since, the exit is complete already; where nothing is known of it, with {@link ProcExit.Failed}.
     *
     * @param handle see {@link Launched#handle}
     */
    default CompletionStage<Launched> recover(ProcId id, String handle) {
        return CompletableFuture.failedFuture(new LauncherException(
                LauncherException.Operation.OTHER, "this launcher cannot find processes of an earlier one"));
    }

    /**
     * Ends the launcher and gives back what it holds. Processes that die with their launcher are killed; those that do
     * not go on. Waits a few seconds at the most. A second call does nothing.
     */
    @Override
    void close();
}
