package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.Backoff;
import dev.gatun.lifecycle.ExitStatus;
import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.Rung;
import dev.gatun.lifecycle.State;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.lifecycle.Target;
import dev.gatun.lifecycle.Transition;
import dev.gatun.linux.PidFd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The supervisor on the real kernel. This JVM blocks no signal, so it learns of ends by pidfds alone. */
class SupervisorTest {

    private static final Policy QUICK = Policy.DEFAULT.withStop(StopLadder.DEFAULT
            .withTimeout(Duration.ofMillis(200))
            .withKillConfirm(Duration.ofMillis(200)));

    private static final String DEAF = "trap '' TERM; echo $$; exec sleep 100";

    private final RealWorld world = new RealWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private static Outcome outcome(SupervisedProcess process) {
        return switch (process.state()) {
            case State.Exited exited -> exited.outcome();
            case State.Failed failed -> failed.outcome();
            default -> throw new AssertionError(process.state());
        };
    }

    private static void stop(SupervisedProcess process) {
        process.stop("the test says so", OptionalInt.empty());
    }

    /** Without repetitions: on a busy machine a KILL takes its time, and is repeated. */
    private Set<Rung> rungs() {
        Set<Rung> rungs = new LinkedHashSet<>();
        for (Transition transition : world.transitions) {
            if (transition.to() instanceof State.Stopping stopping) {
                rungs.add(stopping.rung());
            }
        }
        return rungs;
    }

    @Test
    void theEndOfEachOfManyChildrenIsToldOnce() {
        List<SupervisedProcess> processes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            processes.add(world.add("p" + i, world.shell("exit " + i), Policy.DEFAULT));
        }
        processes.forEach(SupervisedProcess::start);
        processes.forEach(world::untilOver);
        assertThat(world.exits).hasSize(150);
        assertThat(world.exits).extracting(RealWorld.Exit::process).doesNotHaveDuplicates();
        for (int i = 0; i < 150; i++) {
            assertThat(outcome(processes.get(i))).isEqualTo(new Outcome.ExitedNormally(i));
        }
    }

    @Test
    void oneThatObeysGetsNoMoreThanItsStopSignal() {
        ProcessSetup setup = world.shell("trap 'exit 3' TERM; echo; while :; do sleep 0.01; done");
        SupervisedProcess process = world.add("obedient", setup, QUICK.withStop(StopLadder.DEFAULT));
        world.startAndReadLine(process, setup);
        stop(process);
        world.untilOver(process);
        assertThat(outcome(process)).isEqualTo(new Outcome.Stopped(new ExitStatus.Code(3), false));
        assertThat(rungs()).containsExactly(Rung.LEADER);
    }

    @Test
    void oneThatIgnoresTermIsKilledByTheLadder() {
        ProcessSetup setup = world.shell(DEAF);
        SupervisedProcess process = world.add("deaf", setup, QUICK);
        world.startAndReadLine(process, setup);
        stop(process);
        world.untilOver(process);
        assertThat(outcome(process)).isEqualTo(new Outcome.Stopped(new ExitStatus.Signal(9, false), true));
        assertThat(rungs()).containsExactly(Rung.LEADER, Rung.GROUP, Rung.KILL);
    }

    /** It leads no group, and is no descendant of itself: only its pid says that it belongs to its own tree. */
    @Test
    void oneThatIgnoresTermInOurOwnGroupIsKilledToo() {
        ProcessSetup setup = world.shell(DEAF).grouping(ProcessSetup.Grouping.SHARED);
        SupervisedProcess process = world.add("deaf", setup, QUICK);
        world.startAndReadLine(process, setup);
        stop(process);
        world.untilOver(process);
        assertThat(outcome(process)).isEqualTo(new Outcome.Stopped(new ExitStatus.Signal(9, false), true));
    }

    @Test
    void theWholeGroupGetsTheStopSignalOnRequest() {
        ProcessSetup setup = world.shell("sleep 100 & echo $!; wait");
        Policy policy = QUICK.withStop(StopLadder.DEFAULT.withTarget(Target.GROUP)).withRest(Rest.WAIT);
        SupervisedProcess process = world.add("group", setup, policy);
        PidFd child = world.open(Integer.parseInt(world.startAndReadLine(process, setup)));
        stop(process);
        world.untilEnded(child);
        world.untilOver(process);
        assertThat(outcome(process)).isEqualTo(new Outcome.Stopped(new ExitStatus.Signal(15, false), false));
    }

    @Test
    void descendantsInASessionOfTheirOwnAreKilledWithTheTree() {
        // The leader ignores TERM before there is anything to read: were it gone first, nothing would tell whose the
        // other is.
        ProcessSetup setup = world.shell("trap '' TERM; setsid sh -c \"" + DEAF.replace("$", "\\$") + "\" & wait");
        SupervisedProcess process = world.add("tree", setup, QUICK.withRest(Rest.END));
        PidFd escaped = world.open(Integer.parseInt(world.startAndReadLine(process, setup)));
        stop(process);
        world.untilEnded(escaped);
        world.untilOver(process);
        assertThat(rungs()).contains(Rung.KILL);
    }

    @Test
    void theEndOfTheLastOfTheGroupIsAwaited() {
        ProcessSetup setup = world.shell("(trap '' TERM; echo; sleep 0.05; sleep 0.05) & exit 4");
        SupervisedProcess process = world.add("rest", setup, QUICK.withRest(Rest.WAIT));
        world.startAndReadLine(process, setup);
        world.untilOver(process);
        assertThat(outcome(process)).isEqualTo(new Outcome.ExitedNormally(4));
        assertThat(world.kinds()).containsSubsequence(State.Kind.STOPPING, State.Kind.EXITED);
    }

    @Test
    void aRestIsEndedWhereThePolicySaysSo() {
        ProcessSetup setup = world.shell("(" + DEAF.replace("$$", "deaf") + ") & sleep 0.05; exit 4");
        SupervisedProcess process = world.add("rest", setup, QUICK.withRest(Rest.END));
        world.startAndReadLine(process, setup);
        world.untilOver(process);
        assertThat(outcome(process)).isEqualTo(new Outcome.ExitedNormally(4));
        assertThat(rungs()).containsExactly(Rung.REST, Rung.KILL);
    }

    @Test
    void aFailureIsFollowedByAStartWhenTheBackOffIsOver() {
        Policy policy = Policy.DEFAULT
                .withRestart(RestartPolicy.onFailure().withMaxRestarts(2))
                .withBackoff(Backoff.of(Duration.ofMillis(20), Duration.ofMillis(60)));
        SupervisedProcess process = world.add("failing", world.shell("exit 1"), policy);
        process.start();
        world.untilOver(process);
        assertThat(process.state()).isInstanceOf(State.Failed.class);
        assertThat(world.exits).hasSize(3);
        int backOffs = 0;
        for (Transition transition : world.transitions) {
            if (transition.from() instanceof State.BackingOff waiting) {
                assertThat(transition.atNanos()).isGreaterThanOrEqualTo(waiting.untilNanos());
                backOffs++;
            }
        }
        assertThat(backOffs).isEqualTo(2);
    }

    @Test
    void aRelaunchStopsAndStartsAgain() {
        ProcessSetup setup = world.shell("echo $$; exec sleep 100");
        SupervisedProcess process = world.add("again", setup, QUICK);
        int first = Integer.parseInt(world.startAndReadLine(process, setup));
        setup.streams(new Redirect.Discard(), new Redirect.Discard(), new Redirect.Discard());
        process.relaunch();
        world.until("the second start", () -> process.isRunning() && process.pid() != first);
        assertThat(process.state()).isInstanceOf(State.Running.class);
        stop(process);
        world.untilOver(process);
        assertThat(world.exits).hasSize(2);
    }

    @Test
    void aSignalIsSentToTheLeaderOrTold() {
        ProcessSetup setup = world.shell("trap 'exit 5' USR1; echo; while :; do sleep 0.01; done");
        SupervisedProcess process = world.add("signalled", setup, QUICK);
        assertThat(process.signal(false, 10)).as("before the start").isFalse();
        world.startAndReadLine(process, setup);
        assertThat(process.signal(false, 10)).isTrue();
        world.untilOver(process);
        assertThat(outcome(process)).isEqualTo(new Outcome.ExitedNormally(5));
        assertThat(process.signal(true, 10)).as("after the end").isFalse();
    }

    @Test
    void aListenerOfItsOwnHearsOfAProcessInPlaceOfTheOneForAll() {
        List<State.Kind> heard = new ArrayList<>();
        SupervisedProcess process = world.supervisor.add("own", world.shell("exit 4"), Policy.DEFAULT, TreeScope.OWN,
                new ProcessListener() {
                    @Override
                    public void onTransition(SupervisedProcess process, Transition transition) {
                        heard.add(transition.to().kind());
                    }
                });
        process.start();
        world.untilOver(process);
        assertThat(heard).containsExactly(State.Kind.STARTING, State.Kind.RUNNING, State.Kind.EXITED);
        assertThat(world.transitions).isEmpty();
        assertThat(world.exits).isEmpty();
    }
}
