package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.MESSAGES;
import static dev.gatun.spawner.check.Chapter.OPTIONS;
import static dev.gatun.spawner.check.Chapter.TRANSPORT;

import dev.gatun.spawner.message.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What processes write, and what they must not read. */
final class OutputChecks {

    private static final int LINES = 1000;
    private static final int LONG_BYTES = 10_000;
    private static final int PINGS = 20;
    private static final Duration BETWEEN_PINGS = Duration.ofMillis(50);

    static final List<Check> ALL = List.of(
            Check.of("output", OPTIONS, "with want_stdio it tells standard output and standard error apart",
                    OutputChecks::streams, Need.CAPTURED),
            Check.of("output-unwanted", OPTIONS, "without want_stdio it tells no output", OutputChecks::unwanted),
            Check.of("output-order", MESSAGES, "it tells 1,000 lines in order", OutputChecks::order, Need.CAPTURED),
            Check.of("output-blank", MESSAGES, "it tells blank lines, and a last one without an end",
                    stage -> output(stage, "printf 'a\\n\\n\\nb'", List.of("a", "", "", "b")), Need.CAPTURED),
            Check.of("output-long", MESSAGES, "it tells a line of 10,000 bytes, whole or in pieces",
                    OutputChecks::longLine, Need.CAPTURED),
            Check.of("output-utf-8", MESSAGES, "it tells UTF-8 as it is",
                    stage -> output(stage, "printf 'ä€\\360\\235\\204\\236\\n'", List.of("ä€𝄞")), Need.CAPTURED),
            Check.of("output-invalid", MESSAGES, "bytes that are no UTF-8 stop neither the line nor what follows",
                    OutputChecks::invalidBytes, Need.CAPTURED),
            Check.of("own-stdin", TRANSPORT, "its processes do not read the protocol", OutputChecks::stdin)
                    .over(Transport.STDIO),
            Check.of("no-stray-lines", TRANSPORT, "nothing but messages ever comes, whatever processes write",
                    OutputChecks::noStrayLines));

    private OutputChecks() {}

    private static List<String> outputOf(Session session, Stage stage, String script) {
        Session.Sent launch = session.sendLaunch("a", 1, stage.shell(script).wantsOutput(true).build());
        session.accepted(launch);
        session.exit(launch.words(), "a", 1);
        return EventRules.output(session.lines(), "stdout", "a", 1);
    }

    private static void output(Stage stage, String script, List<String> expected) {
        List<String> output = outputOf(stage.greeted(), stage, script);
        if (!output.equals(expected)) {
            throw new Unmet("launched " + script, "the lines " + expected,
                    "there came " + Line.excerpt(output.toString()));
        }
    }

    private static void streams(Stage stage) {
        Session session = stage.greeted();
        List<String> output = outputOf(session, stage, "echo one; echo two >&2");
        List<String> error = EventRules.output(session.lines(), "stderr", "a", 1);
        if (!output.equals(List.of("one")) || !error.equals(List.of("two"))) {
            throw new Unmet("launched echo one; echo two >&2 with want_stdio",
                    "logs of one on stdout and two on stderr",
                    "there came " + Line.excerpt(output + " on stdout and " + error + " on stderr"));
        }
    }

    private static void unwanted(Stage stage) {
        Session session = stage.greeted();
        Session.Sent launch = session.sendLaunch("a", 1, stage.script("echo one; echo two >&2"));
        session.accepted(launch);
        session.exit(launch.words(), "a", 1);
        session.expectNo(launch.words() + " without want_stdio", "log", line -> line.isEvent("log", "a", 1));
    }

    private static void order(Stage stage) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            expected.add(Integer.toString(i));
        }
        String script = "i=0; while [ $i -lt " + LINES + " ]; do echo $i; i=$((i+1)); done";
        List<String> output = outputOf(stage.greeted(), stage, script);
        for (int i = 0; i < LINES; i++) {
            String came = i < output.size() ? output.get(i) : "nothing";
            if (!came.equals(expected.get(i))) {
                throw new Unmet("launched a process that writes 0 to 999", i + " in line " + (i + 1),
                        "there came " + Line.excerpt(came));
            }
        }
    }

    private static void longLine(Stage stage) {
        String whole = String.join("", outputOf(stage.greeted(), stage,
                "i=0; while [ $i -lt " + LONG_BYTES / 10 + " ]; do printf 0123456789; i=$((i+1)); done; echo"));
        if (!whole.equals("0123456789".repeat(LONG_BYTES / 10))) {
            throw new Unmet("launched a process that writes a line of 10,000 bytes", "all of it",
                    "there came " + whole.length() + " characters: " + Line.excerpt(whole));
        }
    }

    private static void invalidBytes(Stage stage) {
        Session session = stage.greeted();
        List<String> output = outputOf(session, stage, "printf 'a\\377\\300b\\n\\303\\nnext\\n'");
        boolean isRight = output.size() == 3 && output.getFirst().startsWith("a") && output.getFirst().endsWith("b")
                && output.getLast().equals("next");
        if (!isRight) {
            throw new Unmet("launched a process that writes bytes that are no UTF-8",
                    "three lines, from a to b, something, and next", "there came " + Line.excerpt(output.toString()));
        }
    }

    private static void stdin(Stage stage) {
        Session session = stage.greeted();
        session.launch("a", 1, stage.script("cat >/dev/null; exec sleep 60"));
        session.event("started", "a", 1);
        for (int i = 0; i < PINGS; i++) {
            session.expectAlive("sent pings while a process read its standard input");
            session.expectNoExit("sent pings while a process read its standard input", "a", 1, BETWEEN_PINGS);
        }
        session.call(Method.KILL, Requests.kill("a", 1));
        session.exit("sent kill", "a", 1);
    }

    private static void noStrayLines(Stage stage) {
        Session session = stage.greeted();
        for (boolean wanted : new boolean[]{false, true}) {
            String proc = wanted ? "heard" : "unheard";
            session.launch(proc, 1, stage.shell("echo not a message; echo '{\"some\":1}'; echo 7 >&2")
                    .wantsOutput(wanted).build());
            session.exit("launched a process that writes to standard output", proc, 1);
        }
        session.expectAlive("launched a process that writes to standard output");
        stage.firstStrayLine().ifPresent(line -> {
            throw new Unmet("launched processes, some of which write to standard output", "messages only",
                    "there came " + line);
        });
    }
}
