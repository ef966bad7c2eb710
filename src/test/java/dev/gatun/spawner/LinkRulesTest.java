package dev.gatun.spawner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerCapabilities;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a connection: events, and what is done about the last of them. */
class LinkRulesTest {

    private static final SpawnerCapabilities CAPABILITIES =
            new SpawnerCapabilities(true, true, SpawnerCapabilities.Output.MANAGED, true, true, true, true);

    private final LinkRules rules = new LinkRules(new Call.Hello(1, new Call.Peer("gatun", "1"), "secret"));
    private LinkState state = new LinkState.Down("not yet");

    private static LinkEvent event(String word) {
        return switch (word) {
            case "connected" -> new LinkEvent.Connected();
            case "closed" -> new LinkEvent.Closed("end");
            case "hello" -> hello(1, "secret");
            case "hello2" -> hello(2, "secret");
            case "cookie" -> hello(1, "other");
            case "done" -> new LinkEvent.HelloAnswered(new Result.Done());
            case "late" -> new LinkEvent.HelloFailed("not answered within 10 s");
            case "junk" -> new LinkEvent.Junk();
            case "message" -> new LinkEvent.Message();
            case "ping" -> new LinkEvent.PingDue();
            case "pong" -> new LinkEvent.PingAnswered();
            case "choked" -> new LinkEvent.Choked("full");
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static LinkEvent hello(int protocol, String cookie) {
        return new LinkEvent.HelloAnswered(new Result.Hello("n", "v", List.of(protocol), cookie, CAPABILITIES));
    }

    private String play(String word) {
        LinkStep step = rules.on(state, event(word));
        state = step.next();
        List<String> words = new ArrayList<>();
        for (LinkEffect effect : step.effects()) {
            words.add(switch (effect) {
                case LinkEffect.Ask ask -> "ask:" + ask.call().method().wireName();
                case LinkEffect.ArmPing arm -> "arm";
                case LinkEffect.TellOpen open -> "open";
                case LinkEffect.TellLost lost -> "lost(" + lost.reason() + ")";
                case LinkEffect.TellUnavailable unavailable -> "unavailable(" + unavailable.reason() + ")";
                case LinkEffect.Drop drop -> "drop";
            });
        }
        return String.join(" ", words);
    }

    private String playAll(String events) {
        String last = "";
        for (String event : events.split(" ")) {
            last = play(event);
        }
        return last;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            connected                                | ask:hello
            connected hello                          | open arm
            connected hello2                         | drop unavailable(hello: the spawner speaks version [2] of the protocol, not 1)
            connected cookie                         | drop unavailable(hello: answered with another cookie than SPAWNER_COOKIE has)
            connected done                           | drop unavailable(hello: not answered by what it asks for)
            connected late                           | drop unavailable(hello: not answered within 10 s)
            connected closed                         | unavailable(end)
            connected late closed                    | unavailable(end)
            connected late hello                     | ""
            connected ping                           | ""
            closed                                   | unavailable(end)
            connected hello late                     | ""
            connected hello cookie                   | ""
            connected hello closed                   | lost(end)
            connected hello closed connected         | ask:hello
            connected hello ping                     | ask:ping arm
            connected hello ping ping ping           | ask:ping arm
            connected hello ping ping ping ping      | drop lost(3 pings in a row were not answered)
            connected hello ping ping pong ping ping | ask:ping arm
            connected hello ping ping ping message ping | drop lost(3 pings in a row were not answered)
            connected hello choked                   | drop lost(full)
            connected choked                         | drop unavailable(full)
            choked                                   | ""
            connected hello junk                     | ""
            """)
    void aConnection(String events, String done) {
        assertThat(playAll(events)).isEqualTo(done);
    }

    @Test
    void aHundredLinesOfJunkInARowAreTheEnd() {
        playAll("connected hello");
        for (int i = 1; i < 100; i++) {
            assertThat(play("junk")).isEmpty();
        }
        assertThat(play("message")).isEmpty();
        for (int i = 1; i < 100; i++) {
            assertThat(play("junk")).isEmpty();
        }
        assertThat(play("junk")).isEqualTo("drop lost(100 lines in a row that are no message)");
    }

    @Test
    void junkBeforeHelloCountsAsWell() {
        playAll("connected");
        for (int i = 1; i < 100; i++) {
            assertThat(play("junk")).isEmpty();
        }
        assertThat(play("junk")).startsWith("drop unavailable(100 lines");
    }
}
