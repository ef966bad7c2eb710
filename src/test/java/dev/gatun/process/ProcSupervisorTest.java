package dev.gatun.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The supervisor over a launcher that answers early, late, wrongly or never. */
@Timeout(60)
class ProcSupervisorTest {

    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Instant STARTED_AT = ScriptedLauncher.STARTED_AT;
    private static final ProcId WEB = new ProcId("web");
    private static final LaunchOptions OPTIONS = LaunchOptions.builder("true").build();

    private final ScriptedLauncher launcher = new ScriptedLauncher();
    private final ProcSupervisor supervisor = ProcSupervisor.over(launcher);
    private final BlockingQueue<ProcState> states = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        supervisor.close();
    }

    private Proc launch(Supervision supervision) {
        Proc proc = supervisor.launch(WEB, OPTIONS, supervision);
        proc.onChange(states::add);
        return proc;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, SECONDS);
    }

    private ProcState await(Predicate<ProcState> wanted) throws InterruptedException {
        while (true) {
            ProcState next = states.poll(30, SECONDS);
            assertThat(next).as("what was waited for").isNotNull();
            if (wanted.test(next)) {
                return next;
            }
        }
    }

    private void awaitOver(ProcId id) throws InterruptedException {
        while (supervisor.find(id).isPresent()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void goesFromStartingToRunningToReadyToItsEnd() throws Exception {
        launcher.answersAtOnce = false;
        Proc proc = launch(Supervision.DEFAULT);
        assertThat(proc.state()).isEqualTo(new ProcState.Starting());
        launcher.started(WEB);
        assertThat(get(proc.launched()).handle()).isEqualTo("handle-of-web");
        await(new ProcState.Running(STARTED_AT)::equals);
        proc.becameReady("unix!@a");
        assertThat(get(proc.ready())).isEqualTo(new ProcState.Ready(STARTED_AT, "unix!@a"));
        proc.becameReady("elsewhere");
        launcher.exited(WEB, new ProcExit.Exited(7, Optional.of(List.of("oops"))));
        assertThat(get(proc.terminated())).isEqualTo(new ProcState.Stopped(7, Optional.of(List.of("oops"))));
        assertThat(get(proc.terminated())).as("for everybody who asks").isEqualTo(proc.state());
        awaitOver(WEB);
        assertThat(supervisor.all()).isEmpty();
    }

    @Test
    void readinessMayComeBeforeTheLaunchersAnswer() throws Exception {
        launcher.answersAtOnce = false;
        Proc proc = launch(Supervision.DEFAULT.withReadyTimeout(LONG));
        proc.becameReady("early");
        launcher.started(WEB);
        assertThat(get(proc.ready()).address()).isEqualTo("early");
    }

    @Test
    void endsAreToldApart() throws Exception {
        Map<ProcExit, ProcState.Terminal> table = Map.of(
                new ProcExit.Exited(-1, Optional.empty()), new ProcState.Stopped(-1, Optional.empty()),
                new ProcExit.Exited(0, Optional.of(List.of())), new ProcState.Stopped(0, Optional.of(List.of())),
                new ProcExit.Exited(256, Optional.empty()), new ProcState.Stopped(256, Optional.empty()),
                new ProcExit.Signalled(11, true, Optional.of(List.of("a"))),
                new ProcState.Killed(11, true, Optional.of(List.of("a"))),
                new ProcExit.Signalled(9, false, "oom_kill 0 -> 1", Optional.empty()),
                new ProcState.Killed(9, false, Optional.empty()),
                new ProcExit.Signalled(99, false, Optional.empty()), new ProcState.Killed(99, false, Optional.empty()),
                new ProcExit.Failed("no image", Optional.of(List.of("b"))),
                new ProcState.Failed("no image", Optional.of(List.of("b"))));
        for (Map.Entry<ProcExit, ProcState.Terminal> row : table.entrySet()) {
            Proc proc = launch(Supervision.DEFAULT);
            get(proc.launched());
            launcher.exited(WEB, row.getKey());
            assertThat(get(proc.terminated())).isEqualTo(row.getValue());
            awaitOver(WEB);
        }
    }

    @Test
    void aLaunchThatIsRefusedHasFailed() throws Exception {
        launcher.answersAtOnce = false;
        Proc proc = launch(Supervision.DEFAULT);
        await0(() -> launcher.asked.contains("launch web"));
        launcher.refused(WEB, "no such image");
        assertThat(get(proc.terminated()))
                .isEqualTo(new ProcState.Failed("launch failed: no such image", Optional.empty()));
        assertThatThrownBy(() -> get(proc.launched())).cause().isInstanceOf(LauncherException.class);
        assertThatThrownBy(() -> get(proc.ready())).cause().isInstanceOf(LauncherException.class);
        awaitOver(WEB);
    }

    private static void await0(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aLaunchThatIsNeverAnsweredFailsAndWhatComesOfItIsKilled() throws Exception {
        launcher.answersAtOnce = false;
        launcher.killIsDeadly = false;
        Proc proc = launch(Supervision.DEFAULT.withLaunchTimeout(SHORT));
        assertThat(get(proc.terminated()))
                .isEqualTo(new ProcState.Failed("launch failed: no answer within 0.03 s", Optional.empty()));
        await0(() -> launcher.asked.contains("kill web"));
        launcher.started(WEB);
        await0(() -> launcher.asked.stream().filter("kill web"::equals).count() == 2);
    }

    @Test
    void aLaunchThatWasGivenUpAndHasEndedConcernsNobodyOfThatName() throws Exception {
        launcher.answersAtOnce = false;
        launcher.killIsDeadly = false;
        get(launch(Supervision.DEFAULT.withLaunchTimeout(SHORT)).terminated());
        awaitOver(WEB);
        launcher.exited(WEB, new ProcExit.Exited(0, Optional.empty()));
        launcher.started(WEB);
        Proc next = supervisor.launch(new ProcId("next"), OPTIONS);
        launcher.started(next.id());
        get(next.launched());
        assertThat(launcher.asked).as("by now the late answer has been heard")
                .containsExactly("launch web", "kill web", "launch next");
    }

    @Test
    void aStopThatFindsTheLaunchUnansweredEndsAllTheSame() throws Exception {
        launcher.answersAtOnce = false;
        Proc proc = launch(new Supervision(LONG, Duration.ZERO, LONG, SHORT));
        assertThat(get(proc.terminate("test", SHORT))).isEqualTo(
                new ProcState.Failed("launch failed: stopped before it was started", Optional.empty()));
        await0(() -> launcher.asked.equals(List.of("launch web", "terminate web", "kill web")));
    }

    @Test
    void aDroppedExitIsAFailure() throws Exception {
        Proc proc = launch(Supervision.DEFAULT);
        get(proc.launched());
        launcher.dropped(WEB);
        assertThat(get(proc.terminated()))
                .isEqualTo(new ProcState.Failed("exit_rx sender dropped unexpectedly", Optional.empty()));
    }

    @Test
    void aStopIsTerminateThenKill() throws Exception {
        Proc proc = launch(Supervision.DEFAULT.withStopTimeout(SHORT));
        get(proc.launched());
        assertThat(get(proc.terminate("test"))).isEqualTo(new ProcState.Killed(9, false, Optional.of(List.of("argh"))));
        assertThat(launcher.asked).containsExactly("launch web", "terminate web", "kill web");
        assertThat(states).contains(new ProcState.Stopping(Optional.of(STARTED_AT)));
    }

    @Test
    void aStopInTimeIsNoKill() throws Exception {
        launcher.terminateIsDeadly = true;
        Proc proc = launch(Supervision.DEFAULT.withStopTimeout(LONG));
        get(proc.launched());
        assertThat(get(proc.terminate("test"))).isEqualTo(new ProcState.Stopped(0, Optional.of(List.of("bye"))));
        assertThat(launcher.asked).containsExactly("launch web", "terminate web");
        assertThat(get(proc.terminate("again"))).as("already over").isEqualTo(proc.state());
        assertThat(get(proc.kill("again"))).isEqualTo(proc.state());
    }

    @Test
    void aTerminateThatIsRefusedIsFollowedByAKill() throws Exception {
        launcher.refusal = "no connection";
        Proc proc = launch(Supervision.DEFAULT.withStopTimeout(LONG));
        get(proc.launched());
        assertThat(get(proc.terminate("test"))).isInstanceOf(ProcState.Killed.class);
        assertThat(launcher.asked).containsExactly("launch web", "terminate web", "kill web");
    }

    @Test
    void aKillThatIsNotConfirmedIsAFailureStaysVisibleAndIsRepeated() throws Exception {
        launcher.killIsDeadly = false;
        Proc proc = launch(new Supervision(LONG, Duration.ZERO, SHORT, SHORT));
        get(proc.launched());
        assertThat(get(proc.terminate("test"))).isEqualTo(new ProcState.Failed("kill not confirmed", Optional.empty()));
        await0(() -> launcher.asked.stream().filter("kill web"::equals).count() > 4);
        assertThat(supervisor.find(WEB)).contains(proc);
        assertThatThrownBy(() -> supervisor.launch(WEB, OPTIONS))
                .hasMessage("launch failed: there is a process web already");
        launcher.exited(WEB, new ProcExit.Signalled(9, false, Optional.empty()));
        awaitOver(WEB);
        assertThat(proc.state()).as("an end is never left")
                .isEqualTo(new ProcState.Failed("kill not confirmed", Optional.empty()));
    }

    @Test
    void whoIsNotReadyInTimeIsEnded() throws Exception {
        launcher.terminateIsDeadly = true;
        Proc proc = launch(Supervision.DEFAULT.withReadyTimeout(SHORT));
        assertThat(get(proc.terminated()))
                .isEqualTo(new ProcState.Failed("not ready within 30 ms", Optional.of(List.of("bye"))));
        assertThat(launcher.asked).contains("terminate web");
    }

    @Test
    void whoSaysThatItFailsToBecomeReadyIsEnded() throws Exception {
        launcher.terminateIsDeadly = true;
        Proc proc = launch(Supervision.DEFAULT);
        get(proc.launched());
        proc.readinessFailed("channel closed");
        assertThat(get(proc.terminated())).isEqualTo(
                new ProcState.Failed("bootstrap callback failed: channel closed", Optional.of(List.of("bye"))));
        assertThat(launcher.asked).containsExactly("launch web", "terminate web");
    }

    @Test
    void aListenerThatFailsHoldsNobodyUp() throws Exception {
        Proc proc = supervisor.launch(WEB, OPTIONS);
        proc.onChange(state -> {
            throw new IllegalStateException("listener, on purpose");
        });
        proc.onChange(states::add);
        get(proc.launched());
        proc.becameReady("a");
        await(ProcState.Ready.class::isInstance);
        launcher.exited(WEB, new ProcExit.Exited(1, Optional.empty()));
        assertThat(get(proc.terminated())).isEqualTo(new ProcState.Stopped(1, Optional.empty()));
    }

    @Test
    void shutdownStopsSomeAtATime() throws Exception {
        for (int i = 0; i < 10; i++) {
            get(supervisor.launch(new ProcId("p" + i), OPTIONS).launched());
        }
        CompletionStage<ProcSupervisor.Summary> summary = supervisor.shutdown(LONG, 3);
        for (int ended = 0; ended < 10; ended++) {
            int told = Math.min(10, ended + 3);
            await0(() -> terminated().size() >= told);
            assertThat(terminated()).as("told when %s have ended", ended).hasSize(told);
            launcher.exited(terminated().get(ended), new ProcExit.Exited(0, Optional.empty()));
        }
        assertThat(get(summary)).isEqualTo(new ProcSupervisor.Summary(10, 10, 0));
        assertThatThrownBy(() -> supervisor.launch(WEB, OPTIONS))
                .hasMessage("launch failed: the supervisor is shut down");
    }

    private List<ProcId> terminated() {
        return launcher.asked.stream()
                .filter(line -> line.startsWith("terminate "))
                .map(line -> new ProcId(line.substring("terminate ".length())))
                .toList();
    }

    @Test
    void shutdownCountsWhoDoesNotEnd() throws Exception {
        launcher.killIsDeadly = false;
        get(launch(new Supervision(LONG, Duration.ZERO, SHORT, SHORT)).launched());
        assertThat(get(supervisor.shutdown(SHORT, 16))).isEqualTo(new ProcSupervisor.Summary(1, 0, 1));
    }

    @Test
    void anEmptyShutdownIsDoneAtOnce() throws Exception {
        assertThat(get(supervisor.shutdown(SHORT, 16))).isEqualTo(new ProcSupervisor.Summary(0, 0, 0));
    }

    @Test
    void whatRunsIsTakenUpByTheNextLife() throws Exception {
        Path file = folder.resolve("journal");
        try (ProcSupervisor first = ProcSupervisor.over(launcher, HandleJournal.open(file))) {
            get(first.launch(WEB, OPTIONS).launched());
            Proc short0 = first.launch(new ProcId("short"), OPTIONS);
            get(short0.launched());
            launcher.exited(short0.id(), new ProcExit.Exited(0, Optional.empty()));
            while (first.find(short0.id()).isPresent()) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> HandleJournal.open(file))
                    .hasMessage("launcher error: another program has the journal " + file);
        }
        try (ProcSupervisor second = ProcSupervisor.over(launcher, HandleJournal.open(file))) {
            List<Proc> recovered = second.recover(Supervision.DEFAULT);
            assertThat(recovered).singleElement().satisfies(proc -> assertThat(proc.id()).isEqualTo(WEB));
            get(recovered.getFirst().launched());
            assertThat(launcher.asked).contains("recover web by handle-of-web");
            launcher.exited(WEB, new ProcExit.Failed("lost by spawner"));
            assertThat(get(recovered.getFirst().terminated()))
                    .isEqualTo(new ProcState.Failed("lost by spawner", Optional.empty()));
        }
    }
}
