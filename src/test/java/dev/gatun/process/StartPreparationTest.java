package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.SpawnFailure;
import dev.gatun.lifecycle.State;
import dev.gatun.linux.CString;
import dev.gatun.linux.Errno;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.NoFdLeak;
import dev.gatun.linux.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class StartPreparationTest {

    private final List<String> calls = new ArrayList<>();
    private RealWorld world;

    @BeforeEach
    void open() {
        world = new RealWorld();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private class Noted implements StartPreparation {

        @Override
        public void prepare(ProcessSetup setup) {
            calls.add("prepare");
        }

        @Override
        public void launched(boolean isStarted) {
            calls.add("launched " + isStarted + ", " + world.kinds().size() + " transitions told");
        }
    }

    private SupervisedProcess start(ProcessSetup setup) {
        SupervisedProcess process = world.add("prepared", setup, Policy.DEFAULT);
        process.start();
        return process;
    }

    private static SpawnFailure failure(SupervisedProcess process) {
        return ((Outcome.SpawnFailed) ((State.Failed) process.state()).outcome()).failure();
    }

    @Test
    void isCalledAroundTheBirthOfAChild() {
        world.untilOver(start(world.shell("exit 0").preparation(new Noted())));
        assertThat(calls).containsExactly("prepare", "launched true, 0 transitions told");
    }

    @Test
    void isToldOfAProgramThatCannotBeExecuted() {
        start(world.program("/nowhere/program").preparation(new Noted()));
        assertThat(calls).containsExactly("prepare", "launched false, 0 transitions told");
    }

    @Test
    void isToldOfASetupThatCannotBe() {
        Pipe pipe = Pipe.open(world.libc);
        pipe.close();
        SupervisedProcess process = start(world.shell("exit 0")
                .standardError(new Redirect.ToPipe(pipe.writeEnd()))
                .preparation(new Noted()));
        assertThat(failure(process).describe()).contains("is closed");
        assertThat(calls).containsExactly("prepare", "launched false, 0 transitions told");
    }

    @Test
    void canChangeTheSetupAtEachStart() {
        SupervisedProcess process = start(world.shell("exit 0").preparation(new StartPreparation() {
            @Override
            public void prepare(ProcessSetup setup) {
                setup.workingDirectory(CString.of("/nowhere"));
            }
        }));
        assertThat(failure(process).describe()).contains("chdir(/nowhere)");
    }

    @Test
    void whatItThrowsIsAFailedStart() {
        SupervisedProcess process = start(world.shell("exit 0").preparation(new Noted() {
            @Override
            public void prepare(ProcessSetup setup) {
                throw new LinuxException("pipe2", Errno.EMFILE, "O_CLOEXEC");
            }
        }));
        assertThat(failure(process).describe())
                .contains("preparation of the child")
                .contains("EMFILE (Too many open files)");
        assertThat(calls).isEmpty();
    }

    /** The child is there: nobody may forget it because of what somebody throws afterwards. */
    @Test
    void whatItThrowsAfterwardsDoesNotLoseTheChild() {
        SupervisedProcess process = start(world.shell("exec sleep 100").preparation(new StartPreparation() {
            @Override
            public void launched(boolean isStarted) {
                throw new IllegalStateException("afterwards");
            }
        }));
        assertThat(process.isRunning()).isTrue();
        assertThat(process.pid()).isPositive();
    }
}
