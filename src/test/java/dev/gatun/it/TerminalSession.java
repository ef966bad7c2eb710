package dev.gatun.it;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;

/** A command on a pseudo terminal of its own, whose session it leads, and somebody who types there. */
public final class TerminalSession implements AutoCloseable {

    public static final String CTRL_C = "\u0003";
    public static final String CTRL_Z = "\u001a";
    public static final String CTRL_D = "\u0004";
    public static final String CTRL_BACKSLASH = "\u001c";

    private final RunningGatun driver;
    private int seen;

    private TerminalSession(RunningGatun driver) {
        this.driver = driver;
    }

    public static TerminalSession of(List<String> command) {
        String[] words = Python.script("terminal.py", command.toArray(String[]::new));
        Gatun run = Gatun.run().startedBy(List.of(words)).with("TERM", "dumb").with("PS1", "prompt> ").leavesSome();
        return new TerminalSession(run.start());
    }

    /** An interactive shell with job control. */
    public static TerminalSession ofShell() {
        TerminalSession session = of(List.of("bash", "--norc", "--noprofile", "--noediting", "-i"));
        session.await("prompt> ");
        return session;
    }

    /** Types a line; what is awaited next comes after it. */
    public void enter(String line) {
        type(line + "\r");
    }

    public void type(String keys) {
        seen = driver.out().position();
        driver.type("type " + HexFormat.of().formatHex(keys.getBytes(StandardCharsets.UTF_8)));
    }

    public void resize(int rows, int columns) {
        driver.type("size " + rows + " " + columns);
    }

    public void hangUp() {
        driver.type("hangup");
    }

    /** Waits for a regular expression in what has been shown since the last keys; goes on behind it. */
    public MatchResult await(String regex) {
        MatchResult match = driver.out().await(regex, seen);
        seen = match.end();
        return match;
    }

    public String shown() {
        return driver.out().text();
    }

    /** Waits until the command has ended, and tells how. */
    public int awaitCode() {
        return driver.awaitCode();
    }

    /** All that runs because of this session. */
    public List<Long> processes() {
        return driver.processes();
    }

    @Override
    public void close() {
        driver.close();
    }
}
