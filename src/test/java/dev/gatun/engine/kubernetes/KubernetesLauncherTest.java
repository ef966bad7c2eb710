package dev.gatun.engine.kubernetes;

import static dev.gatun.engine.kubernetes.FakeCluster.exit;
import static dev.gatun.engine.kubernetes.FakeCluster.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.ProcBind;
import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.Stdio;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an API server that keeps objects; the test does what scheduler and kubelet do. */
class KubernetesLauncherTest {

    private static final ProcId ID = new ProcId("job/1");

    @TempDir
    private Path folder;

    private FakeCluster cluster;
    private ProcLauncher launcher;

    @BeforeEach
    void open() {
        cluster = new FakeCluster(folder);
        launcher = cluster.open("me", "image-timeout", "200ms", "start-timeout", "15s");
    }

    @AfterEach
    void close() {
        launcher.close();
        cluster.close();
    }

    @Test
    void aProcessRunsAndEndsAsItsPodDoes() throws Exception {
        CompletionStage<Launched> launch = launcher.launch(ID, options().build());
        String uid = cluster.awaitPod(ID).getMetadata().getUid();
        assertThat(launch.toCompletableFuture()).isNotDone();

        cluster.runs(ID);
        Launched launched = get(launch);

        assertThat(launched.handle()).isEqualTo("space/" + PodName.of(ID) + "/" + uid);
        assertThat(launched.pid()).isEmpty();
        assertThat(launched.address()).contains("10.0.0.7");
        assertThat(launched.startedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(launched.stdio()).isEqualTo(new Stdio.ManagedByLauncher());
        assertThat(launched.exit().toCompletableFuture()).isNotDone();

        cluster.ends(ID, 3);

        assertThat(exit(launched.exit())).isEqualTo("exit code 3");
        cluster.awaitNoPod(ID);
        assertThat(get(launcher.list())).isEmpty();
    }

    @Test
    void aProcessThatIsSeenOnlyOnceItHasEndedWasLaunchedAllTheSame() throws Exception {
        CompletionStage<Launched> launch = launcher.launch(ID, options().build());
        cluster.ends(ID, 0);

        assertThat(exit(get(launch).exit())).isEqualTo("exit code 0");
    }

    @Test
    void theSameNameCanBeLaunchedAgainAfterTheExit() throws Exception {
        CompletionStage<Launched> launch = launcher.launch(ID, options().build());
        for (int code = 1; code <= 3; code++) {
            Pod pod = cluster.awaitPod(ID);
            cluster.ends(ID, code);
            assertThat(exit(get(launch).exit())).isEqualTo("exit code " + code);

            launch = launcher.launch(ID, options().build());
            cluster.awaitAnother(ID, pod);
        }
    }

    @Test
    void aKeptPodStaysUntilTheNextLaunch() throws Exception {
        try (ProcLauncher keeper = cluster.open("keeper", "keep", "true")) {
            CompletionStage<Launched> launch = keeper.launch(ID, options().build());
            cluster.ends(ID, 1);
            assertThat(exit(get(launch).exit())).isEqualTo("exit code 1");
            Pod first = cluster.pod(ID);

            CompletionStage<Launched> second = keeper.launch(ID, options().build());
            cluster.awaitAnother(ID, first);
            cluster.ends(ID, 2);

            assertThat(exit(get(second).exit())).isEqualTo("exit code 2");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {reason: ErrImageNeverPull, message: not there}         | ErrImageNeverPull: not there
            {reason: CreateContainerConfigError, message: no s}     | CreateContainerConfigError: no s
            {reason: ImagePullBackOff, message: Back-off pulling}   | ImagePullBackOff: Back-off pulling
            """)
    void aLaunchFailsForTheReasonThatThePodGives(String waiting, String words) {
        CompletionStage<Launched> launch = launcher.launch(ID, options().build());
        cluster.status(ID, "{phase: Pending, containerStatuses: [{name: main, state: {waiting: " + waiting + "}}]}");

        assertFails(launch, "launch failed: " + words);
        assertThat(cluster.pod(ID)).isNull();
    }

    @Test
    void aProgramThatCannotBeExecutedFailsTheLaunch() {
        CompletionStage<Launched> launch = launcher.launch(ID, options().build());
        cluster.status(ID, "{phase: Failed, containerStatuses: [{name: main, state: {terminated: {exitCode: 128, "
                + "reason: StartError, message: no such file}}}]}");

        assertFails(launch, "launch failed: StartError: no such file");
        assertThat(cluster.pod(ID)).isNull();
    }

    @Test
    void anImageThatIsPulledAfterAllIsNoFailure() throws Exception {
        try (ProcLauncher patient = cluster.open("patient", "image-timeout", "1m")) {
            CompletionStage<Launched> launch = patient.launch(ID, options().build());
            cluster.status(ID, "{phase: Pending, containerStatuses: [{name: main, state: {waiting: "
                    + "{reason: ErrImagePull}}}]}");
            cluster.runs(ID);

            assertThat(get(launch).address()).isPresent();
        }
    }

    @Test
    void aPodThatNobodySchedulesFailsTheLaunchAtTheTimeout() {
        try (ProcLauncher hasty = cluster.open("hasty", "start-timeout", "1s")) {
            CompletionStage<Launched> launch = hasty.launch(ID, options().build());
            cluster.status(ID, "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', "
                    + "reason: Unschedulable, message: 0/3 nodes are available}]}");

            assertFails(
                    launch, "launch failed: not running after 1 s: Unschedulable: 0/3 nodes are available");
            assertThat(cluster.pod(ID)).isNull();
        }
    }

    @Test
    void terminateAsksForAGraceAndTheExitIsWhatTheKubeletSays() throws Exception {
        Launched launched = launchedAndRunning(options().build());
        cluster.hold(ID, "kubelet/running");

        get(launcher.terminate(ID, Duration.ofMillis(1500)));

        assertThat(cluster.awaitDeletion())
                .contains("\"gracePeriodSeconds\":2", "\"uid\":\"" + PodHandle.parse(launched.handle()).uid() + "\"");
        FakeCluster.await("the deletion", () -> cluster.pod(ID).isMarkedForDeletion());
        assertThat(launched.exit().toCompletableFuture()).isNotDone();
        cluster.ends(ID, 143);
        assertThat(exit(launched.exit())).isEqualTo("exit code 143");
    }

    @Test
    void whatWasTerminatedAndIsGoneWithoutAWordEndedBySigterm() throws Exception {
        Launched launched = launchedAndRunning(options().build());

        get(launcher.terminate(ID, Duration.ofSeconds(1)));

        assertThat(get(launched.exit())).isEqualTo(new ProcExit.Signalled(15, false, Optional.empty()));
    }

    @Test
    void killLeavesNoGrace() throws Exception {
        Launched launched = launchedAndRunning(options().build());

        get(launcher.kill(ID));

        assertThat(cluster.awaitDeletion()).contains("\"gracePeriodSeconds\":0");
        assertThat(exit(launched.exit())).isEqualTo("SIGKILL (9)");
        get(launcher.kill(ID));
        get(launcher.terminate(new ProcId("never launched"), Duration.ZERO));
    }

    @Test
    void aStopBeforeItRunsFailsTheLaunch() throws Exception {
        CompletionStage<Launched> launch = launcher.launch(ID, options().build());
        cluster.awaitPod(ID);

        get(launcher.terminate(ID, Duration.ofSeconds(1)));

        assertFails(launch, "launch failed: pod space/" + PodName.of(ID) + " was stopped before it ran");
    }

    @Test
    void aStrangersDeletionIsToldOf() throws Exception {
        Launched launched = launchedAndRunning(options().build());
        CompletionStage<Launched> other = launcher.launch(new ProcId("2"), options().build());
        cluster.awaitPod(new ProcId("2"));

        cluster.delete(ID);
        cluster.delete(new ProcId("2"));

        assertThat(get(launched.exit())).isInstanceOf(ProcExit.Failed.class);
        assertThat(exit(launched.exit()))
                .isEqualTo("pod space/" + PodName.of(ID) + " is gone: deleted by somebody else");
        assertFails(
                other,
                "launch failed: pod space/" + PodName.of(new ProcId("2"))
                        + " is gone: deleted by somebody else before it ran");
    }

    @Test
    void anotherPodInThePlaceOfOursIsNotTakenForIt() throws Exception {
        Launched launched = launchedAndRunning(options().build());
        Pod pod = cluster.pod(ID);
        cluster.delete(ID);
        cluster.create(pod);
        cluster.runs(ID);

        assertThat(exit(launched.exit())).endsWith("is gone: deleted by somebody else");
        assertThat(cluster.pod(ID)).isNotNull();
    }

    @Test
    void aLivingNameIsRefusedHereAndByTheServer() throws Exception {
        Launched launched = launchedAndRunning(options().build());
        assertFails(launcher.launch(ID, options().build()), "launch failed: the process \"job/1\" has not ended");

        try (ProcLauncher other = cluster.open("other")) {
            assertFails(
                    other.launch(ID, options().build()),
                    "launch failed: pod space/" + PodName.of(ID)
                            + " exists already, and belongs to the launcher \"me\"");
        }
        assertThat(launched.exit().toCompletableFuture()).isNotDone();
    }

    @Test
    void whatAPodCannotDoIsRefused() {
        assertFails(
                launcher.launch(ID, options().bind(ProcBind.cpus("0")).build()),
                "launch failed: the kubernetes launcher cannot bind to processors or NUMA nodes");
        assertFails(
                launcher.launch(ID, options().cgroup("/sys/fs/cgroup/x").build()),
                "launch failed: the kubernetes launcher cannot enter a control group");
        assertFails(
                launcher.launch(ID, options().settings(Map.of("imagge", "x")).build()),
                "launch failed: the kubernetes launcher has no setting \"imagge\"; it has: active-deadline, "
                        + "annotations, cpu-request, image, image-pull-policy, image-pull-secret, labels, "
                        + "memory-request, node-selector, pod-security, priority-class, runtime-class, "
                        + "service-account");
        assertThat(cluster.pod(ID)).isNull();
    }

    @Test
    void outputIsFollowedAndTheTailComesFromIt() throws Exception {
        cluster.server()
                .expect()
                .get()
                .withPath("/api/v1/namespaces/space/pods/" + PodName.of(ID)
                        + "/log?container=main&follow=true&timestamps=true")
                .andReturn(200, "2026-01-01T00:00:00.5Z one\n2026-01-01T00:00:01Z two\n")
                .always();
        cluster.server()
                .expect()
                .get()
                .withPath("/api/v1/namespaces/space/pods/" + PodName.of(ID)
                        + "/log?container=main&follow=true&timestamps=true&sinceTime=2026-01-01T00:00:01Z")
                .andReturn(200, "2026-01-01T00:00:01Z two\n2026-01-01T00:00:02Z three\n")
                .always();
        Launched launched = launchedAndRunning(options().wantsOutput(true).tailLines(2).build());
        Stdio.Captured captured = (Stdio.Captured) launched.stdio();
        cluster.ends(ID, 1);

        assertThat(captured.stdout().stream().readAllBytes())
                .isEqualTo("one\ntwo\nthree\n".getBytes(StandardCharsets.UTF_8));
        assertThat(captured.stderr().stream().readAllBytes()).isEmpty();
        assertThat(get(launched.exit()).stderrTail()).contains(List.of("two", "three"));
        cluster.awaitNoPod(ID);
    }

    /** As an API server does that has just started, and has not read the roles yet. */
    @Test
    void aLogThatIsForbiddenForAMomentIsAskedForAgain() throws Exception {
        String path = "/api/v1/namespaces/space/pods/" + PodName.of(ID)
                + "/log?container=main&follow=true&timestamps=true";
        cluster.server().expect().get().withPath(path).andReturn(403, "{}").once();
        cluster.server()
                .expect()
                .get()
                .withPath(path)
                .andReturn(200, "2026-01-01T00:00:00.5Z one\n")
                .always();
        Launched launched = launchedAndRunning(options().wantsOutput(true).build());
        Stdio.Captured captured = (Stdio.Captured) launched.stdio();

        assertThat(captured.stdout().stream().read()).isEqualTo('o');
    }

    @Test
    void anExitDoesNotWaitForAReaderThatIsBehindAndTheReaderMissesNothing() throws Exception {
        String log = "/api/v1/namespaces/space/pods/" + PodName.of(ID) + "/log?container=main";
        StringBuilder stamped = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            String line = "a line of some length, number " + i + "\n";
            stamped.append("2026-01-01T00:00:0").append(i / 2_000).append("Z ").append(line);
            plain.append(line);
        }
        cluster.server()
                .expect()
                .get()
                .withPath(log + "&follow=true&timestamps=true")
                .andReturn(200, stamped.toString())
                .always();
        cluster.server()
                .expect()
                .get()
                .withPath(log + "&follow=true&timestamps=true&sinceTime=2026-01-01T00:00:09Z")
                .andReturn(200, stamped.substring(stamped.indexOf("2026-01-01T00:00:09Z")))
                .always();
        cluster.server()
                .expect()
                .get()
                .withPath(log + "&tailLines=1")
                .andReturn(200, "the last line\n")
                .always();
        Launched launched = launchedAndRunning(options().wantsOutput(true).tailLines(1).build());
        InputStream slow = ((Stdio.Captured) launched.stdio()).stdout().stream();
        cluster.ends(ID, 1);

        assertThat(get(launched.exit()).stderrTail()).contains(List.of("the last line"));
        assertThat(cluster.pod(ID)).isNotNull();
        assertThat(new String(slow.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.toString());
        cluster.awaitNoPod(ID);
    }

    @Test
    void theTailOfALogThatNobodyFollowsIsAskedFor() throws Exception {
        cluster.server()
                .expect()
                .get()
                .withPath("/api/v1/namespaces/space/pods/" + PodName.of(ID) + "/log?container=main&tailLines=2")
                .andReturn(200, "one\ntwo\n")
                .once();
        Launched launched = launchedAndRunning(options().tailLines(2).build());
        cluster.ends(ID, 1);

        assertThat(get(launched.exit()).stderrTail()).contains(List.of("one", "two"));
    }

    @Test
    void aLogThatCannotBeReadIsNoTail() throws Exception {
        cluster.server()
                .expect()
                .get()
                .withPath("/api/v1/namespaces/space/pods/" + PodName.of(ID) + "/log?container=main&tailLines=2")
                .andReturn(403, "{\"kind\":\"Status\",\"message\":\"forbidden\"}")
                .always();
        Launched launched = launchedAndRunning(options().tailLines(2).build());
        cluster.ends(ID, 1);

        assertThat(get(launched.exit()).stderrTail()).isEmpty();
    }

    @Test
    void anotherLauncherOfTheSameNameRecoversWhatWentOn() throws Exception {
        Launched stays = launchedAndRunning(options().diesWithLauncher(false).build());
        ProcId mortal = new ProcId("mortal");
        CompletionStage<Launched> second = launcher.launch(mortal, options().build());
        cluster.runs(mortal);
        Launched dies = get(second);

        launcher.close();

        assertThat(exit(stays.exit()))
                .isEqualTo("the launcher was closed; pod space/" + PodName.of(ID) + " goes on without it");
        assertThat(exit(dies.exit())).isEqualTo("SIGKILL (9)");
        assertThat(cluster.pod(mortal)).isNull();
        try (ProcLauncher next = cluster.open("me")) {
            assertThat(get(next.list())).containsExactly(new KnownProc(ID, stays.handle(), OptionalInt.empty()));
            Launched again = get(next.recover(ID, stays.handle()));
            assertThat(again.handle()).isEqualTo(stays.handle());
            assertThat(again.startedAt()).isEqualTo(stays.startedAt());
            assertFails(next.launch(ID, options().build()), "launch failed: the process \"job/1\" has not ended");
            cluster.ends(ID, 5);
            assertThat(exit(again.exit())).isEqualTo("exit code 5");
        }
    }

    @Test
    void whatEndedMeanwhileHasItsExitAtOnce() throws Exception {
        Launched stays = launchedAndRunning(options().diesWithLauncher(false).build());
        launcher.close();
        cluster.ends(ID, 5);

        try (ProcLauncher next = cluster.open("me")) {
            Launched again = get(next.recover(ID, stays.handle()));

            assertThat(again.exit().toCompletableFuture()).isDone();
            assertThat(exit(again.exit())).isEqualTo("exit code 5");
            cluster.awaitNoPod(ID);
        }
    }

    @Test
    void theTailOfARecoveredProcessIsThatOfTheWholeLog() throws Exception {
        cluster.server()
                .expect()
                .get()
                .withPath("/api/v1/namespaces/space/pods/" + PodName.of(ID) + "/log?container=main&tailLines=2")
                .andReturn(200, "from before\nthe last\n")
                .always();
        Launched stays = launchedAndRunning(
                options().wantsOutput(true).tailLines(2).diesWithLauncher(false).build());
        launcher.close();
        cluster.ends(ID, 5);

        try (ProcLauncher next = cluster.open("me")) {
            Launched again = get(next.recover(ID, stays.handle()));

            assertThat(again.stdio()).isInstanceOf(Stdio.Captured.class);
            assertThat(get(again.exit()).stderrTail()).contains(List.of("from before", "the last"));
        }
    }

    @Test
    void whatIsNotThereOrNotOursIsLost() throws Exception {
        Launched stays = launchedAndRunning(options().diesWithLauncher(false).build());
        String name = PodName.of(ID);

        assertThat(exit(get(launcher.recover(new ProcId("x"), stays.handle())).exit()))
                .isEqualTo("pod space/" + name + " is not of the process \"x\" of the launcher \"me\"");
        assertThat(exit(get(launcher.recover(new ProcId("x"), "space/" + name + "/old")).exit()))
                .isEqualTo("pod space/" + name + " is gone, and how it ended is not known");
        assertThat(exit(get(launcher.recover(new ProcId("x"), "elsewhere/" + name + "/y")).exit()))
                .isEqualTo("pod elsewhere/" + name + " is gone, and how it ended is not known");
        assertFails(launcher.recover(ID, stays.handle()), "launch failed: the process \"job/1\" has not ended");
        assertFails(
                launcher.recover(ID, "nonsense"),
                "launcher error: the handle is \"nonsense\"; expected namespace/name/uid of a pod");
    }

    @Test
    void closeEndsALaunchThatIsUnderWay() {
        CompletionStage<Launched> launch = launcher.launch(ID, options().diesWithLauncher(false).build());
        cluster.awaitPod(ID);

        launcher.close();

        assertThat(launch.toCompletableFuture()).isCompletedExceptionally();
        assertThat(cluster.pod(ID)).isNull();
        assertFails(launcher.launch(ID, options().build()), "launcher error: the kubernetes launcher is closed");
        launcher.close();
    }

    @Test
    void anOwnerTakesThoseAlongThatDieWithTheLauncher() throws Exception {
        Launched us = launchedAndRunning(options().build());
        try (ProcLauncher owned = cluster.open("owned", "owner", PodName.of(ID))) {
            owned.launch(new ProcId("2"), options().build());

            assertThat(cluster.awaitPod(new ProcId("2")).getMetadata().getOwnerReferences())
                    .extracting("uid")
                    .containsExactly(PodHandle.parse(us.handle()).uid());
        }
        assertThatThrownBy(() -> cluster.open("owned", "owner", "nobody"))
                .isInstanceOf(LauncherException.class)
                .hasMessage("launcher error: the setting owner is \"nobody\"; expected the name of a pod in the "
                        + "namespace space");
    }

    @Test
    void allItsThreadsAreDaemons() throws Exception {
        launchedAndRunning(options().build());

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("kubernetes-launcher-")
                        || thread.getName().contains("JdkHttpClient")
                        || thread.getName().startsWith("HttpClient"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    private static LaunchOptions.Builder options() {
        return LaunchOptions.builder("worker").tailLines(0);
    }

    private Launched launchedAndRunning(LaunchOptions options) throws Exception {
        CompletionStage<Launched> launch = launcher.launch(ID, options);
        cluster.runs(ID);
        return get(launch);
    }

    private static void assertFails(CompletionStage<?> stage, String message) {
        assertThatThrownBy(() -> get(stage))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(LauncherException.class)
                .hasMessage(message);
    }
}
