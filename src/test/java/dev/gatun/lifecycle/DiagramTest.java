package dev.gatun.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Derives {@code docs/lifecycle.md} from the code by walking all states that can be reached under {@link Samples}, and
 * compares. To write it anew: {@code mvn test -Dtest=DiagramTest -Dgatun.docs.regenerate=true}.
 */
class DiagramTest {
    private static final Path DOCUMENT = Path.of("docs", "lifecycle.md");
    private static final String REGENERATE = "gatun.docs.regenerate";

    /** From, event, to; what was done on the way. */
    private final Map<State.Kind, Map<Event.Kind, Map<State.Kind, Set<String>>>> table =
            new EnumMap<>(State.Kind.class);

    /** The same among the rungs of a stop, by event or timer. */
    private final Map<String, Set<String>> rungs = new TreeMap<>();

    @Test
    void documentIsWhatTheCodeDoes() throws IOException {
        for (Policy policy : Samples.policies()) {
            walk(policy);
        }
        String derived = document();
        if (Boolean.getBoolean(REGENERATE)) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, derived);
        }
        assertThat(DOCUMENT)
                .as("stale; write it anew: mvn test -Dtest=DiagramTest -D" + REGENERATE + "=true")
                .content()
                .isEqualTo(derived);
    }

    @Test
    void everyKindOfStateIsReached() {
        for (Policy policy : Samples.policies()) {
            walk(policy);
        }
        Set<State.Kind> reached = EnumSet.noneOf(State.Kind.class);
        table.values().forEach(events -> events.values().forEach(to -> reached.addAll(to.keySet())));
        assertThat(reached).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(State.Kind.IDLE)));
    }

    private void walk(Policy policy) {
        Lifecycle lifecycle = new Lifecycle(policy);
        Set<String> seen = new HashSet<>();
        Deque<State> open = new ArrayDeque<>();
        open.add(new State.Idle());
        while (!open.isEmpty()) {
            State from = open.remove();
            for (Event event : Samples.events()) {
                // Time stands still, so that states differ by what happened alone: health comes by its timer.
                Step step = lifecycle.on(from, event, new Moment(0, 0));
                if (step.effects().isEmpty()) {
                    continue;
                }
                note(from, event, step);
                if (seen.add(essence(step.next()))) {
                    open.add(step.next());
                }
            }
        }
    }

    /** What decides the future of a state. Counts stop where no policy of the samples looks any further. */
    private static String essence(State state) {
        return switch (state) {
            case State.Idle idle -> "idle";
            case State.Starting starting -> "starting " + essence(starting.history());
            case State.Running running -> "running " + essence(running.history());
            case State.Ready ready -> "ready " + essence(ready.history());
            case State.Stopping stopping -> "stopping " + stopping.rung() + stopping.cause() + stopping.afterwards()
                    + stopping.outcome() + Math.min(stopping.kills(), 1) + stopping.killAtNanos()
                    + essence(stopping.history());
            case State.BackingOff waiting -> "backing off " + waiting.last().kind() + essence(waiting.history());
            case State.Exited exited -> "exited " + exited.outcome().kind();
            case State.Failed failed -> "failed " + failed.outcome().kind();
        };
    }

    private static String essence(History history) {
        return Math.min(history.restarts(), 6) + " " + Math.min(history.failuresInRow(), 2) + " "
                + Math.min(history.shortagesInRow(), 1) + " " + history.breaker();
    }

    private void note(State from, Event event, Step step) {
        Set<String> effects = table.computeIfAbsent(from.kind(), kind -> new EnumMap<>(Event.Kind.class))
                .computeIfAbsent(event.kind(), kind -> new EnumMap<>(State.Kind.class))
                .computeIfAbsent(step.next().kind(), kind -> new TreeSet<>());
        for (Effect effect : step.effects()) {
            if (effect.kind() != Effect.Kind.PUBLISH) {
                effects.add(effect.getClass().getSimpleName());
            }
        }
        if (from instanceof State.Stopping before
                && step.next() instanceof State.Stopping after
                && before.rung() != after.rung()) {
            noteRung(before.rung().name(), after.rung(), event);
        } else if (step.next() instanceof State.Stopping after && from.kind() != State.Kind.STOPPING) {
            noteRung("[*]", after.rung(), event);
        } else if (from instanceof State.Stopping before && step.next().kind() != State.Kind.STOPPING) {
            noteRung(before.rung().name(), null, event);
        }
    }

    private void noteRung(String from, Rung to, Event event) {
        String cause = event instanceof Event.TimerFired fired
                ? fired.timer().name()
                : event.getClass().getSimpleName();
        rungs.computeIfAbsent(from + " --> " + (to == null ? "[*]" : to), key -> new TreeSet<>()).add(cause);
    }

    private String document() {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                # The life of a process

                Derived from `dev.gatun.lifecycle` by `DiagramTest`, which fails when this page is not what the code does.
                To write it anew: `mvn test -Dtest=DiagramTest -Dgatun.docs.regenerate=true`.

                ## States

                ```mermaid
                stateDiagram-v2
                    [*] --> IDLE
                """);
        Map<String, Set<String>> arrows = new TreeMap<>();
        table.forEach((from, events) -> events.forEach((event, targets) -> targets.keySet().forEach(to -> {
            if (from != to) {
                arrows.computeIfAbsent(from + " --> " + to, key -> new TreeSet<>()).add(words(event));
            }
        })));
        arrows.forEach((arrow, events) -> line(text, arrow, events));
        text.append(
                """
                ```

                ## Rungs of a stop

                Within `STOPPING`. Upper-case labels are timers. Which rungs are taken depends on the policy.

                ```mermaid
                stateDiagram-v2
                """);
        rungs.forEach((arrow, causes) -> line(text, arrow, causes));
        text.append(
                """
                ```

                ## All transitions

                Under some policy, in some situation. What is not listed is ignored: same state, no effect. Every change of
                state is also published.

                | State | Event | Next | Effects among |
                |---|---|---|---|
                """);
        table.forEach((from, events) -> events
                .forEach((event, targets) -> targets.forEach((to, effects) -> row(text, from, event, to, effects))));
        return text.toString();
    }

    private static void row(
            StringBuilder text, State.Kind from, Event.Kind event, State.Kind to, Set<String> effects) {
        text.append("| ").append(from).append(" | ").append(words(event)).append(" | ").append(to).append(" | ");
        text.append(String.join(", ", effects)).append(" |\n");
    }

    private static void line(StringBuilder text, String arrow, Set<String> labels) {
        text.append("    ").append(arrow).append(" : ").append(String.join(", ", labels)).append('\n');
    }

    private static String words(Event.Kind kind) {
        StringBuilder name = new StringBuilder();
        for (String word : kind.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
