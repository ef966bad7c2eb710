package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.NoFdLeak;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.service.config.DumpKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class CommandDumpTest {

    /** Says who it is and who its child is, and hangs. */
    private static final String HANGING = "trap '' TERM; sleep 1000 & echo $$ $! >pids.new; mv pids.new pids; wait";

    @TempDir
    Path root;

    private DumpWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new DumpWorld(root);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private DumpPlan plan(String... command) {
        return world.plan(DumpKind.COMMAND, DumpWorld.PATIENCE, command);
    }

    private String failure(String... command) {
        return DumpWorld.reason(world.take(plan(command), 4711));
    }

    private void awaitPids() {
        DumpWorld.await("its pids", () -> Files.exists(root.resolve("pids")));
    }

    private void untilKilled() {
        String[] pids = DumpWorld.text(root.resolve("pids")).trim().split(" ");
        // The child is an orphan then, and whoever waits for those may take its time.
        untilKilled(pids[0], " ");
        untilKilled(pids[1], " Z");
    }

    private void untilKilled(String pid, String states) {
        world.until("the end of " + pid, () -> states.indexOf(DumpWorld.state(Integer.parseInt(pid))) >= 0
                || nextTurn());
    }

    /** The end of a stranger is no event of the loop. */
    private boolean nextTurn() {
        world.loop.post(() -> {});
        return false;
    }

    @Test
    void thePidIsPutIntoEachWordAndTheCommandRunsInTheDistRoot() {
        SupervisedProcess service = world.start(DumpWorld.script("echo; exec sleep 1000", List.of()));
        DumpPlan plan = plan("sh", "-c", "echo \"$@\" >said", "sh", "{{PID}}", "core.{{PID}}-{{PID}}", "{PID}");
        DumpResult result = world.take(plan, service.pid());
        assertThat(result).isInstanceOfSatisfying(DumpResult.Taken.class, taken -> {
            assertThat(taken.file()).isEqualTo(Optional.empty());
            assertThat(taken.took()).isPositive();
        });
        int pid = service.pid();
        assertThat(DumpWorld.text(root.resolve("said"))).isEqualTo(pid + " core." + pid + "-" + pid + " {PID}\n");
    }

    @Test
    void aProgramIsRelativeToTheDistRoot() throws IOException {
        Path program = Files.writeString(root.resolve("dump.sh"), "#!/bin/sh\necho $1 >said\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(world.take(plan("./dump.sh", "{{PID}}"), 4711)).isInstanceOf(DumpResult.Taken.class);
        assertThat(DumpWorld.text(root.resolve("said"))).isEqualTo("4711\n");
    }

    @Test
    void itsExitCodeIsInTheReason() {
        assertThat(failure("sh", "-c", "exit 3")).isEqualTo("dump.command sh: exit code 3");
    }

    @Test
    void itsSignalIsInTheReason() {
        assertThat(failure("sh", "-c", "kill -TERM $$")).isEqualTo("dump.command sh: ended by SIGTERM (15)");
    }

    @Test
    void oneThatIsNotThereIsNamed() {
        assertThat(failure("no-such-program")).isEqualTo("dump.command no-such-program: not found on PATH");
        assertThat(failure("./no-such-program"))
                .startsWith("dump.command ./no-such-program: not started: ")
                .contains("ENOENT");
    }

    @Test
    void withoutACommandNothingIsRun() {
        assertThat(failure()).isEqualTo("there is no dump.command to run");
    }

    @Test
    void oneThatHangsIsKilledWithItsTree() {
        MemoryDump dump =
                world.dump(world.plan(DumpKind.COMMAND, Duration.ofSeconds(3), "sh", "-c", HANGING));
        assertThat(DumpWorld.reason(world.take(dump, 4711)))
                .isEqualTo("no dump within 3 s: dump.command sh has not ended and is killed");
        awaitPids();
        untilKilled();
    }

    @Test
    void oneThatIsCancelledIsKilledAndNeverAnswered() {
        MemoryDump dump = world.dump(plan("sh", "-c", HANGING));
        dump.begin(4711, world.results::add);
        awaitPids();
        dump.cancel();
        untilKilled();
        assertThat(world.results).isEmpty();
        assertThat(dump.isUnderWay()).isFalse();
    }
}
