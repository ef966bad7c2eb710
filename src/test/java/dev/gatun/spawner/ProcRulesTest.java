package dev.gatun.spawner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of one launch: events, and what is done about the last of them. */
class ProcRulesTest {

    private static final ProcKey KEY = new ProcKey("web", 7);
    private static final List<String> EVENTS = List.of(
            "accepted", "refused", "unanswered", "started", "log", "exit", "bad-exit", "away", "gone", "back",
            "recovered", "not-known", "no-recovery", "terminate", "kill", "START", "STOP", "KILL", "RECONNECT");

    private final ProcRules rules = new ProcRules(Deadlines.DEFAULT);

    private ProcState state;
    private long seq;

    private List<ProcEffect> play(String event) {
        ProcStep step = rules.on(state, event(event));
        state = step.next();
        return step.effects();
    }

    private ProcEvent event(String word) {
        return switch (word) {
            case "accepted" -> new ProcEvent.Accepted("h");
            case "refused" -> new ProcEvent.Refused("no");
            case "unanswered" -> new ProcEvent.Unanswered("silence");
            case "started" -> new ProcEvent.Heard(new SpawnerMessage.Started(
                    "web", 7, ++seq, OptionalInt.empty(), Optional.empty(), Instant.EPOCH));
            case "log" -> new ProcEvent.Heard(
                    new SpawnerMessage.Log("web", 7, ++seq, SpawnerMessage.Stream.STDOUT, List.of("a")));
            case "exit" -> new ProcEvent.Heard(new SpawnerMessage.Exit(
                    "web", 7, ++seq, OptionalInt.of(3), OptionalInt.empty(), false, Optional.empty(), List.of()));
            case "bad-exit" -> new ProcEvent.Heard(new SpawnerMessage.MalformedExit("web", 7, ++seq, "bad"));
            case "gap" -> {
                seq += 2;
                yield event("log");
            }
            case "away" -> new ProcEvent.Disconnected(true);
            case "gone" -> new ProcEvent.Disconnected(false);
            case "back" -> new ProcEvent.Reconnected();
            case "recovered" -> new ProcEvent.Recovered(new Result.Recovered(true, OptionalInt.empty(), Instant.EPOCH));
            case "not-known" -> new ProcEvent.NotRecovered();
            case "no-recovery" -> new ProcEvent.RecoveryFailed("why");
            case "terminate" -> new ProcEvent.TerminateAsked(Duration.ofSeconds(9));
            case "kill" -> new ProcEvent.KillAsked();
            default -> new ProcEvent.Expired(ProcTimer.valueOf(word));
        };
    }

    private static String words(List<ProcEffect> effects) {
        List<String> words = new ArrayList<>();
        for (ProcEffect effect : effects) {
            switch (effect) {
                case ProcEffect.TellLaunched told -> words.add("launched");
                case ProcEffect.TellFailed failed -> words.add("failed(" + failed.detail() + ")");
                case ProcEffect.TellExit told -> words.add("exit(" + told.exit().describe() + ")");
                case ProcEffect.PassOutput passed -> words.add("output");
                case ProcEffect.Ask ask -> words.add("ask:" + ask.call().method().wireName());
                case ProcEffect.Arm arm -> words.add("arm:" + arm.timer() + ":" + arm.delay().toSeconds());
                case ProcEffect.Disarm disarm -> {}
                case ProcEffect.Count count -> words.add("count:" + count.fault());
                case ProcEffect.Forget forget -> words.add("forget");
            }
        }
        return String.join(" ", words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            accepted                              | arm:START:300
            accepted started                      | launched
            accepted started log                  | output
            accepted started exit                 | exit(exit code 3) forget
            accepted started bad-exit             | exit(bad) forget
            accepted exit                         | launched exit(exit code 3) forget
            accepted log                          | output
            refused                               | failed(no) forget
            unanswered                            | failed(silence) ask:kill arm:START:300
            unanswered START                      | forget
            unanswered started START              | ""
            unanswered accepted                   | ""
            unanswered started                    | ask:kill
            unanswered log                        | ""
            unanswered exit                       | forget
            started                               | count:EARLY_EVENT
            started accepted                      | launched
            exit                                  | count:EARLY_EVENT
            exit accepted                         | launched exit(exit code 3) forget
            exit refused                          | failed(no) forget
            exit unanswered                       | failed(silence) ask:kill arm:START:300
            exit exit                             | count:EARLY_EVENT count:SECOND_EXIT
            accepted started started              | count:SECOND_STARTED
            accepted gap                          | count:SEQUENCE output
            accepted START                        | failed(neither started nor ended within 300 s) ask:kill arm:KILL:10
            accepted START started                | ask:kill
            accepted START KILL                   | arm:KILL:10 ask:kill
            accepted START exit                   | forget
            accepted started START                | ""
            accepted refused                      | ""
            accepted started gone                 | exit(exit port closed (spawner crashed or forgot to send)) forget
            accepted gone                         | launched exit(exit port closed (spawner crashed or forgot to send)) forget
            unanswered gone                       | forget
            accepted started away                 | arm:RECONNECT:30
            accepted started away away            | ""
            accepted started away RECONNECT       | exit(exit port closed (spawner crashed or forgot to send)) forget
            accepted started away back            | ask:recover
            accepted started away back recovered  | ""
            accepted started away back not-known  | exit(lost by spawner) forget
            accepted away back not-known          | launched exit(lost by spawner) forget
            accepted away back recovered          | launched
            accepted started away back no-recovery | ""
            accepted started away back no-recovery RECONNECT | exit(exit port closed (spawner crashed or forgot to send)) forget
            accepted started away back recovered exit | exit(exit code 3) forget
            accepted started away back recovered gap | output
            unanswered away                       | arm:RECONNECT:30
            unanswered away back                  | ask:kill
            unanswered away RECONNECT             | forget
            accepted started terminate            | arm:STOP:9 ask:terminate
            accepted started terminate STOP       | arm:KILL:10 ask:kill
            accepted started terminate STOP exit  | exit(exit code 3) forget
            accepted started kill                 | arm:KILL:10 ask:kill
            accepted started kill terminate       | ask:kill
            accepted started kill KILL            | arm:KILL:10 ask:kill exit(kill not confirmed)
            accepted started kill KILL KILL       | arm:KILL:10 ask:kill
            accepted started kill KILL exit       | forget
            accepted started kill KILL not-known  | forget
            accepted kill KILL                    | arm:KILL:10 ask:kill failed(kill not confirmed)
            accepted started away terminate       | arm:STOP:9
            accepted started away terminate back recovered | ask:terminate
            accepted started away kill            | arm:KILL:10
            accepted started away kill KILL       | arm:KILL:10
            accepted started away kill back recovered | ask:kill
            """)
    void aLaunch(String events, String done) {
        state = ProcState.asked(KEY);
        assertThat(playAll(events)).isEqualTo(done);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            recovered           | launched
            recovered exit      | exit(exit code 3) forget
            exit                | launched exit(exit code 3) forget
            not-known           | launched exit(lost by spawner) forget
            no-recovery         | failed(why) forget
            recovered gap       | output
            recovered kill KILL | arm:KILL:10 ask:kill exit(kill not confirmed)
            """)
    void aProcessOfAnEarlierLife(String events, String done) {
        state = ProcState.recovering(KEY, "h");
        assertThat(playAll(events)).isEqualTo(done);
    }

    private String playAll(String events) {
        String last = "";
        for (String event : events.split(" ")) {
            last = words(play(event));
        }
        return last;
    }

    @Property(tries = 5000)
    void whateverComesEachIsToldAtMostOnceAndInOrder(@ForAll("anyEvents") List<String> events,
            @ForAll boolean recovers) {
        state = recovers ? ProcState.recovering(KEY, "h") : ProcState.asked(KEY);
        seq = 0;
        int launched = 0;
        int failed = 0;
        int exits = 0;
        for (String event : events) {
            List<ProcEffect> effects = play(event);
            for (ProcEffect effect : effects) {
                launched += effect instanceof ProcEffect.TellLaunched ? 1 : 0;
                failed += effect instanceof ProcEffect.TellFailed ? 1 : 0;
                exits += effect instanceof ProcEffect.TellExit ? 1 : 0;
                assertThat(exits).as("after %s of %s", event, events).isLessThanOrEqualTo(launched);
            }
            assertThat(launched + failed).as("after %s of %s", event, events).isLessThanOrEqualTo(1);
            if (effects.contains(new ProcEffect.Forget())) {
                assertThat(launched + failed).as("answered at the end of %s", events).isEqualTo(1);
                assertThat(exits).as("exits at the end of %s", events).isEqualTo(launched);
                return;
            }
        }
    }

    @Provide
    Arbitrary<List<String>> anyEvents() {
        return Arbitraries.of(EVENTS).list().ofMaxSize(20);
    }
}
