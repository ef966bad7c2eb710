package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.Processes;
import dev.gatun.it.Python;
import dev.gatun.it.TerminalSession;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that somebody started in a terminal. */
class TerminalIT {

    @TempDir
    private Path folder;

    private static TerminalSession session(Dist dist) {
        return TerminalSession.of(List.of(Gatun.HOME.resolve("bin/gatun").toString(),
                "service", "--dist-root", dist.root().toString()));
    }

    @Test
    void keyReachesTheServiceOnce() {
        Dist dist = Dist.shell(folder,
                "trap 'echo caught it' INT; trap 'exit 4' TERM; echo up and waiting; while :; do sleep 0.05; done");
        try (TerminalSession terminal = session(dist)) {
            terminal.await("^up and waiting");
            terminal.type(TerminalSession.CTRL_C);
            terminal.await("^(\\^C)?caught it");
            terminal.type(TerminalSession.CTRL_C);
            terminal.await("^(\\^C)?caught it");
            Kernel.kill(dist.pidIn("var/run/made-up.pid"), Kernel.TERM);
            assertThat(terminal.awaitCode()).isEqualTo(4);
            assertThat(terminal.shown().lines().map(line -> line.replace("^C", "").strip()).filter("caught it"::equals))
                    .hasSize(2);
        }
    }

    /** Only a member of the foreground's group may read from a terminal. */
    @Test
    void serviceMayReadFromIt() {
        Dist dist = Dist.shell(folder,
                "trap 'echo caught it' INT; echo up and waiting; read line; read line; echo \"got $line\"; exit 3",
                "streams: {stdin: inherit}");
        try (TerminalSession terminal = session(dist)) {
            terminal.await("^up and waiting");
            terminal.enter("first");
            terminal.enter("second");
            terminal.await("got second");
            assertThat(terminal.awaitCode()).isEqualTo(3);
        }
    }

    @Test
    void keyReachesAServiceThatReadsFromItOnceAsWell() {
        String[] recorder = Python.script("recorder.py", "--end", "3=5", "child");
        Dist dist = Dist.command(folder, List.of(recorder), "streams: {stdin: inherit}");
        try (TerminalSession terminal = session(dist)) {
            terminal.await("child ready");
            terminal.type(TerminalSession.CTRL_C);
            terminal.await("child got 2");
            terminal.type(TerminalSession.CTRL_BACKSLASH);
            assertThat(terminal.awaitCode()).isEqualTo(5);
            assertThat(terminal.shown().lines())
                    .filteredOn(line -> line.contains("child got 2 ")).hasSize(1);
        }
    }

    @Test
    void hangUpEndsIt() {
        Dist dist = Dist.shell(folder, "echo up and waiting; exec sleep 3600");
        try (TerminalSession terminal = session(dist)) {
            terminal.await("^up and waiting");
            long pid = dist.pidIn("var/run/made-up.pid");
            terminal.hangUp();
            Await.until("its end", () -> !Processes.isAlive(pid));
        }
    }
}
