package dev.gatun.run.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.TerminalSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real terminal, below a shell that does job control, and as the leader of a session without one. */
class TerminalIT {

    /** The pid tells the word apart from the echo of the command line. Says how often it was interrupted, and reads lines from the terminal. */
    private static final String READER = "trap \"echo interrupted\" INT; echo ready $$; "
            + "while read line; do echo \"read <$line>\"; done; echo eof";

    private static String gatun(String options, String script) {
        return Gatun.HOME + "/bin/gatun run " + options + " -- sh -c '" + script + "'";
    }

    @Test
    void ctrlCEndsTheChildAndGatunTells() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(gatun("-v", "echo ready $$; exec sleep 1000") + "; echo code=$?");
            session.await("ready \\d+");
            session.type(TerminalSession.CTRL_C);
            session.await("code=130");
            session.await("prompt> ");
        }
    }

    /** While the JVM starts there is no child yet that the terminal could reach. */
    @ParameterizedTest
    @ValueSource(strings = {TerminalSession.CTRL_C, TerminalSession.CTRL_Z})
    void keysDuringTheStartAreNotLost(String key) {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(gatun("", "exec sleep 1000"));
            Await.until("the mask",
                    () -> session.processes().stream().anyMatch(pid -> Processes.hasSignal(pid, "SigBlk", Kernel.PWR)));
            session.type(key);
            session.await("prompt> ");
            // 128 and STOP where Gatun stopped itself, TSTP where the terminal was faster than the mask.
            session.enter("echo code=$?");
            session.await(key.equals(TerminalSession.CTRL_C) ? "code=130" : "code=14[78]");
        }
    }

    @Test
    void ctrlBackslashQuits() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(gatun("--rlimit core=0", "echo ready $$; exec sleep 1000") + "; echo code=$?");
            session.await("ready \\d+");
            session.type(TerminalSession.CTRL_BACKSLASH);
            session.await("code=131");
        }
    }

    @Test
    void ctrlCReachesTheChildOnce() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            String recorder = String.join(" ", Python.script("recorder.py", "--end", "12=3", "child"));
            session.enter(Gatun.HOME + "/bin/gatun run -v -- " + recorder + "; echo code=$?");
            long child = Long.parseLong(session.await("child ready pid (\\d+)").group(1));
            session.type(TerminalSession.CTRL_C);
            session.await("child got 2 from");
            Kernel.kill(child, Kernel.USR1);
            session.await("child got 10 from");
            Kernel.kill(child, Kernel.USR2);
            session.await("code=3");
            assertThat(session.shown()).containsOnlyOnce("got 2 from");
        }
    }

    @Test
    void childReadsFromTheTerminal() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(gatun("", READER) + "; echo code=$?");
            session.await("ready \\d+");
            session.enter("hello");
            session.await("read <hello>");
            session.type(TerminalSession.CTRL_D);
            session.await("eof");
            session.await("code=0");
        }
    }

    @Test
    void ctrlZStopsTheJobAndFgContinuesIt() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(gatun("", READER) + "; echo code=$?");
            long child = Long.parseLong(session.await("ready (\\d+)").group(1));
            for (int round = 1; round <= 3; round++) {
                session.type(TerminalSession.CTRL_Z);
                session.await("Stopped");
                session.await("prompt> ");
                assertThat(Processes.isStopped(child)).isTrue();
                // The shell has the terminal back.
                session.enter("echo at-the-$((40 + 2))");
                session.await("at-the-42");
                session.enter("fg");
                session.await("gatun run");
                session.enter("round " + round);
                session.await("read <round " + round + ">");
            }
            session.type(TerminalSession.CTRL_D);
            session.await("eof");
            session.await("prompt> ");
        }
    }

    @Test
    void bgLetsItRunOnUntilItReads() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            // The job stops while it waits for a line; continued in the background, it must stop for the same reason.
            session.enter(gatun("-v", READER));
            long child = Long.parseLong(session.await("ready (\\d+)").group(1));
            long gatun = Long.parseLong(Processes.status(child, "PPid").orElseThrow());
            session.type(TerminalSession.CTRL_Z);
            session.await("Stopped");
            session.await("prompt> ");
            session.enter("bg");
            session.await("stopped pid=" + child + " signal=SIGTTIN");
            Await.until("the stop of Gatun, so that the shell knows", () -> Processes.isStopped(gatun));
            session.enter("fg");
            session.enter("after all");
            session.await("read <after all>");
            session.type(TerminalSession.CTRL_C);
            session.await("interrupted");
        }
    }

    /** Then both pieces of news are there when Gatun looks; to stop would be to lose the CONT of fg. */
    @Test
    void fgMayOvertakeTheNewsOfAStop(@TempDir Path folder) throws IOException {
        try (TerminalSession session = TerminalSession.ofShell()) {
            Path flag = folder.resolve("flag");
            String script = "echo ready $$; until [ -e " + flag + " ]; do sleep 0.01; done; "
                    + "while read line; do echo \"read <$line>\"; done; echo eof";
            session.enter(gatun("", script) + " &");
            long child = Long.parseLong(session.await("ready (\\d+)").group(1));
            long gatun = Long.parseLong(Processes.status(child, "PPid").orElseThrow());
            Kernel.kill(gatun, Kernel.STOP);
            Await.until("the stop of Gatun", () -> Processes.isStopped(gatun));
            Files.createFile(flag);
            Await.until("the stop by the terminal", () -> Processes.isStopped(child));
            session.enter("fg");
            session.await("gatun run");
            session.enter("at once");
            session.await("read <at once>");
            session.type(TerminalSession.CTRL_D);
            session.await("eof");
        }
    }

    @Test
    void backgroundJobThatDoesNotReadRunsToItsEnd() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(gatun("", "echo ready $$; sleep 0.1; echo done; exit 4") + " &");
            session.await("ready \\d+");
            session.enter("wait $!; echo code=$?");
            session.await("code=4");
        }
    }

    @Test
    void backgroundJobThatReadsIsStoppedAndRevivedByFg() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(gatun("", READER) + " &");
            long child = Long.parseLong(session.await("ready (\\d+)").group(1));
            long gatun = Long.parseLong(Processes.status(child, "PPid").orElseThrow());
            Await.until("the stop by the terminal", () -> Processes.isStopped(child));
            Await.until("the stop of Gatun, so that the shell knows", () -> Processes.isStopped(gatun));
            session.enter("jobs");
            session.await("Stopped");
            session.enter("fg");
            session.await("gatun run");
            session.enter("now");
            session.await("read <now>");
            session.type(TerminalSession.CTRL_D);
            session.await("eof");
        }
    }

    @Test
    void killOfAStoppedJobEndsIt() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(gatun("", "echo ready $$; exec sleep 1000"));
            long child = Long.parseLong(session.await("ready (\\d+)").group(1));
            String gatun = Processes.status(child, "PPid").orElseThrow();
            session.type(TerminalSession.CTRL_Z);
            session.await("Stopped");
            session.await("prompt> ");
            // The shell sends TERM and CONT.
            session.enter("kill %1");
            Await.until("the end", () -> session.processes().size() == 2);
            session.enter("wait " + gatun + "; echo code=$?");
            session.await("code=143");
        }
    }

    @Test
    void pipelineOfTwoWorks() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(Gatun.HOME + "/bin/gatun run -- cat | sed -u s/a/b/");
            Await.until("both",
                    () -> session.processes().stream().anyMatch(pid -> Processes.commandLine(pid).equals("cat ")));
            session.enter("banana");
            session.await("bbnana");
            session.type(TerminalSession.CTRL_Z);
            session.await("Stopped");
            session.await("prompt> ");
            session.enter("fg");
            session.await("sed -u");
            session.enter("aha");
            session.await("bha");
            session.type(TerminalSession.CTRL_C);
            session.await("prompt> ");
            session.enter("echo code=$?");
            session.await("code=130");
        }
    }

    @Test
    void twoOfOursInOnePipeline() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            String gatun = Gatun.HOME + "/bin/gatun run -- ";
            session.enter(gatun + "cat | " + gatun + "sed -u s/a/b/; echo code=${PIPESTATUS[*]}");
            Await.until("both", () -> session.processes().stream()
                    .filter(pid -> Processes.commandLine(pid).matches("(cat|sed) .*")).count() == 2);
            session.enter("banana");
            session.await("bbnana");
            session.type(TerminalSession.CTRL_D);
            session.await("code=0 0");
        }
    }

    @Test
    void newWindowSizeIsToldToTheChild() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            String script = "trap \"stty size\" WINCH; echo ready $$; while :; do read line; done";
            session.enter(gatun("", script));
            session.await("ready \\d+");
            session.resize(33, 111);
            session.await("33 111");
        }
    }

    @Test
    void shellBelowGatunDoesItsOwnJobControl() {
        try (TerminalSession session = TerminalSession.ofShell()) {
            session.enter(Gatun.HOME + "/bin/gatun run --env PS1='inner> ' -- bash --norc --noprofile --noediting -i");
            session.await("inner> ");
            session.enter("sleep 1000");
            long sleeper = Await.value("the sleeper", () -> session.processes().stream()
                    .filter(pid -> Processes.commandLine(pid).startsWith("sleep"))
                    .findFirst());
            Await.until("its turn", () -> Processes.hasTerminal(sleeper));
            session.type(TerminalSession.CTRL_Z);
            session.await("Stopped");
            session.await("inner> ");
            session.enter("fg");
            session.await("sleep 1000");
            Await.until("its turn", () -> Processes.hasTerminal(sleeper));
            session.type(TerminalSession.CTRL_C);
            session.await("inner> ");
            session.enter("exit 7");
            session.await("prompt> ");
            session.enter("echo code=$?");
            session.await("code=7");
        }
    }

    /** The first process of a container with a terminal: nobody is above it that could continue it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ctrlZDoesNotHangASessionLeader(boolean asPid1) {
        Gatun run = Gatun.run("-v").command("sh", "-c", READER);
        List<String> command = new ArrayList<>();
        if (asPid1) {
            // setsid takes the terminal for the session of the new PID 1, as a container's runtime does.
            command.addAll(List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "setsid", "--ctty"));
        }
        command.addAll(run.words());
        try (TerminalSession session = TerminalSession.of(command)) {
            session.await("ready \\d+");
            session.type(TerminalSession.CTRL_Z);
            session.enter("still here");
            session.await("read <still here>");
            session.type(TerminalSession.CTRL_C);
            session.await("interrupted");
            session.type(TerminalSession.CTRL_D);
            assertThat(session.awaitCode()).isZero();
        }
    }

    @Test
    void hangUpOfTheTerminalEndsTheChild() {
        List<String> command = Gatun.run().command("sh", "-c", "echo ready $$; exec sleep 1000").words();
        try (TerminalSession session = TerminalSession.of(command)) {
            session.await("ready \\d+");
            session.hangUp();
            assertThat(session.awaitCode()).isEqualTo(128 + Kernel.HUP);
        }
    }
}
