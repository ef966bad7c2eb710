package dev.gatun.lifecycle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Plays events written as text, such as {@code start, spawned, +5s, stop}, and tells what came of them as text, so that a
 * case fits in one row. {@code +5s} and {@code +5ms} let time pass, {@code random 0.5} sets the chance of later events.
 */
final class Script {
    static final int PID = 7;

    private final Lifecycle lifecycle;
    private State state = new State.Idle();
    private Step last = Step.ignored(state);
    /** Such that the clock wraps within most cases. */
    private long nanos = Long.MAX_VALUE - 7_000_000_000L;
    private double random;

    Script(Policy policy) {
        lifecycle = new Lifecycle(policy);
    }

    static Script play(Policy policy, String text) {
        Script script = new Script(policy);
        for (String word : text.split(",")) {
            script.play(word.strip());
        }
        return script;
    }

    private void play(String word) {
        if (word.startsWith("+")) {
            nanos += duration(word.substring(1)).toNanos();
        } else if (word.startsWith("random ")) {
            random = Double.parseDouble(word.substring(7));
        } else {
            last = lifecycle.on(state, event(word), new Moment(nanos, random));
            state = last.next();
        }
    }

    State state() {
        return state;
    }

    /** {@code STOPPING LEADER}, {@code BACKING_OFF OPEN}, {@code EXITED exit code 0}. */
    String where() {
        String kind = state.kind().toString();
        return switch (state) {
            case State.Stopping stopping -> kind + " " + stopping.rung();
            case State.BackingOff waiting -> kind + " " + waiting.history().breaker();
            case State.Exited exited -> kind + " " + exited.outcome().describe();
            case State.Failed failed -> kind + " " + failed.outcome().describe();
            case State.Idle idle -> kind;
            case State.Starting starting -> kind + " " + starting.attempt();
            case State.Running running -> kind;
            case State.Ready ready -> kind;
        };
    }

    /** The effects of the last event but for the publication. */
    String did() {
        List<String> words = new ArrayList<>();
        for (Effect effect : last.effects()) {
            switch (effect) {
                case Effect.Spawn spawn -> words.add("spawn " + spawn.attempt());
                case Effect.Signal signal -> words.add("signal " + signal.target() + " " + signal.signal());
                case Effect.ArmTimer arm -> words.add("arm " + arm.timer() + " " + Words.duration(arm.delay()));
                case Effect.CancelTimer cancel -> words.add("cancel " + cancel.timer());
                case Effect.StartProbing start -> words.add("probe");
                case Effect.StopProbing stop -> words.add("stop probing");
                case Effect.AwaitTree await -> words.add("await tree");
                case Effect.Publish publish -> {}
            }
        }
        return words.isEmpty() ? "nothing" : String.join(", ", words);
    }

    /** The published reason of the last event, or {@code silent}. */
    String said() {
        for (Effect effect : last.effects()) {
            if (effect instanceof Effect.Publish publish) {
                return publish.transition().reason();
            }
        }
        return "silent";
    }

    private static Event event(String text) {
        String[] words = text.split(" ");
        String argument = words.length > 1 ? words[1] : "";
        return switch (words[0]) {
            case "start" -> new Event.Start();
            case "spawned" -> new Event.Spawned(PID);
            case "spawn-failed" -> new Event.SpawnFailed(failure(SpawnFailure.Kind.valueOf(argument)));
            case "ready" -> new Event.BecameReady();
            case "probe-failed" -> new Event.ProbeFailed("no answer");
            case "exit" -> new Event.ExitObserved(new ExitStatus.Code(Integer.parseInt(argument)));
            case "die" -> new Event.ExitObserved(new ExitStatus.Signal(Integer.parseInt(argument), false));
            case "oom" -> new Event.ExitObserved(new ExitStatus.Signal(9, false), "oom_kill 1");
            case "tree-gone" -> new Event.TreeGone();
            case "stop" -> stop(words);
            case "hurry" -> new Event.HurryRequested();
            case "kill" -> new Event.KillRequested("kill");
            case "timer" -> new Event.TimerFired(TimerKind.valueOf(argument));
            case "limit" -> limit(words);
            case "more-time" -> new Event.MoreTimeRequested(duration(argument));
            case "relaunch" -> new Event.Relaunch();
            case "lost" -> new Event.Lost("spawner gone");
            default -> throw new IllegalArgumentException("no such event: " + text);
        };
    }

    private static Event stop(String[] words) {
        OptionalInt signal = OptionalInt.empty();
        Optional<Duration> timeout = Optional.empty();
        for (int at = 1; at < words.length; at++) {
            if (words[at].startsWith("in=")) {
                timeout = Optional.of(duration(words[at].substring(3)));
            } else {
                signal = OptionalInt.of(Integer.parseInt(words[at]));
            }
        }
        return new Event.StopRequested("stop", signal, timeout);
    }

    private static Event limit(String[] words) {
        Afterwards afterwards = Afterwards.POLICY;
        Optional<Duration> timeout = Optional.empty();
        for (int at = 1; at < words.length; at++) {
            if (words[at].startsWith("in=")) {
                timeout = Optional.of(duration(words[at].substring(3)));
            } else {
                afterwards = Afterwards.valueOf(words[at]);
            }
        }
        return new Event.LimitExceeded(200, 100, afterwards, timeout);
    }

    static SpawnFailure failure(SpawnFailure.Kind kind) {
        return new SpawnFailure("execve(x)", 1, "E" + kind, kind);
    }

    private static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                : Duration.ofSeconds(Long.parseLong(text.substring(0, text.length() - 1)));
    }
}
