package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.FAULTS;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A Gatun that does not read for a while. */
final class LoadChecks {

    private static final int PINGS = 20_000;
    private static final int OUTPUT_LINES = 20_000;
    private static final Duration UNREAD = Duration.ofMillis(500);

    static final List<Check> ALL = List.of(
            Check.of("unread-replies", FAULTS, "it loses none of 20,000 replies that are not read for a while",
                    LoadChecks::replies),
            Check.of("unread-output", FAULTS, "it loses nothing of 2 MB of output that is not read for a while",
                    LoadChecks::output, Need.CAPTURED));

    private LoadChecks() {}

    private static void replies(Stage stage) {
        Session session = stage.greeted();
        ByteArrayOutputStream pings = new ByteArrayOutputStream();
        for (int i = 1; i <= PINGS; i++) {
            String ping = Requests.line(1000 + i, "ping", Requests.none()) + "\n";
            pings.writeBytes(ping.getBytes(StandardCharsets.UTF_8));
        }
        session.connection().pauseReading();
        session.write(pings.toByteArray());
        LockSupport.parkNanos(UNREAD.toNanos());
        session.connection().resumeReading();
        long count = awaitCount(session, PINGS);
        if (count != PINGS) {
            throw new Unmet("sent 20,000 pings and read nothing for half a second", "20,000 replies",
                    "there came " + count + (session.connection().transcript().isEnded()
                            ? " and the connection was closed"
                            : ""));
        }
    }

    /** Waits as long as more come. */
    private static long awaitCount(Session session, long expected) {
        long before = -1;
        long count = 0;
        while (count < expected && count > before) {
            before = count;
            long known = count;
            count = session.connection().transcript().await(
                    lines -> Optional.of(replies(lines)).filter(now -> now >= expected || now > known + PINGS / 2),
                    session.timeout()).orElseGet(() -> replies(session.lines()));
        }
        return count;
    }

    private static long replies(List<Line> lines) {
        return lines.stream()
                .filter(line -> line.message().isPresent() && line.message().get().path("id").asLong() > 1000
                        && line.message().get().has("result"))
                .count();
    }

    private static void output(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1, stage.shell(
                "i=0; while [ $i -lt " + OUTPUT_LINES + " ]; do echo " + "x".repeat(90) + "$i; i=$((i+1)); done")
                .wantsOutput(true).build());
        session.accepted(launch);
        session.connection().pauseReading();
        LockSupport.parkNanos(UNREAD.toNanos());
        session.connection().resumeReading();
        session.exit("launched a process that writes 2 MB, and read nothing for half a second", "a", 1,
                stage.timeout().multipliedBy(3));
        int count = EventRules.output(session.lines(), "stdout", "a", 1).size();
        if (count != OUTPUT_LINES) {
            throw new Unmet("launched a process that writes 20,000 lines, and read nothing for half a second",
                    "all of them before the exit", "there came " + count);
        }
    }
}
