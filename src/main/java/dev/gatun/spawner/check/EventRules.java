package dev.gatun.spawner.check;

import dev.gatun.spawner.message.MalformedMessageException;
import dev.gatun.spawner.message.SpawnerCodec;
import dev.gatun.spawner.message.SpawnerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the events of one generation must be like, judged by the lines alone. Each rule tells what breaks it. */
final class EventRules {

    private static final SpawnerCodec CODEC = new SpawnerCodec();

    private EventRules() {}

    /** The reply, then {@code started}, then {@code log}s, then {@code exit}; {@code started} at most once. */
    static Optional<String> order(List<Line> lines, long launchId, String proc, long generation) {
        List<String> kinds = new ArrayList<>();
        for (Line line : lines) {
            if (line.isReplyTo(launchId)) {
                kinds.add("reply");
            } else if (line.isEventOf(proc, generation)) {
                kinds.add(line.field("event"));
            }
        }
        kinds.removeIf(kind -> rank(kind) < 0);
        for (int i = 0; i < kinds.size(); i++) {
            if (i == 0 ? !kinds.get(i).equals("reply") : !mayFollow(kinds.get(i - 1), kinds.get(i))) {
                return Optional.of("there came " + String.join(", ", shortened(kinds)));
            }
        }
        return Optional.empty();
    }

    private static boolean mayFollow(String before, String next) {
        return rank(before) < rank(next) || before.equals("log") && next.equals("log");
    }

    private static int rank(String kind) {
        return List.of("reply", "started", "log", "exit").indexOf(kind);
    }

    /** Many logs in a row are one. */
    private static List<String> shortened(List<String> kinds) {
        List<String> shortened = new ArrayList<>();
        for (String kind : kinds) {
            if (shortened.isEmpty() || !kind.equals("log") || !shortened.getLast().equals("log")) {
                shortened.add(kind);
            }
        }
        return shortened;
    }

    /** {@code seq} counts from 1 without a gap. */
    static Optional<String> sequence(List<Line> lines, String proc, long generation) {
        long expected = 1;
        for (Line line : lines) {
            if (line.isEventOf(proc, generation)) {
                if (line.message().orElseThrow().path("seq").asLong(-1) != expected) {
                    return Optional.of("event " + expected + " was " + line.excerpt());
                }
                expected++;
            }
        }
        return Optional.empty();
    }

    /** There is one {@code exit}. */
    static Optional<String> oneExit(List<Line> lines, String proc, long generation) {
        long count = lines.stream().filter(line -> line.isEvent("exit", proc, generation)).count();
        return count == 1 ? Optional.empty() : Optional.of("there came " + (count == 0 ? "none" : count));
    }

    /** All fields of an event are there and have their types. */
    static Optional<String> wellFormed(Line event) {
        try {
            return CODEC.decode(event.bytes(), _ -> Optional.empty()) instanceof SpawnerMessage.MalformedExit exit
                    ? Optional.of(exit.reason() + " in " + event.excerpt())
                    : Optional.empty();
        } catch (MalformedMessageException malformed) {
            return Optional.of(malformed.getMessage() + " in " + event.excerpt());
        }
    }

    /** The texts of the log events of one stream, in order. */
    static List<String> output(List<Line> lines, String stream, String proc, long generation) {
        List<String> output = new ArrayList<>();
        for (Line line : lines) {
            if (line.isEvent("log", proc, generation) && line.field("stream").equals(stream)) {
                line.message().orElseThrow().path("lines").forEach(text -> output.add(text.asText()));
            }
        }
        return output;
    }
}
