package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.lifecycle.Outcome;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.SpawnFailure;
import dev.gatun.lifecycle.State;
import dev.gatun.linux.CString;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.Rlimit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedStartTest {

    private final RealWorld world = new RealWorld();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        world.close();
    }

    /** The failure, which has come by the time that the start returns. */
    private SpawnFailure failure(ProcessSetup setup) {
        Policy policy = Policy.DEFAULT.withRestart(RestartPolicy.always());
        SupervisedProcess process = world.add("failing", setup, policy);
        process.start();
        assertThat(process.state()).isInstanceOf(State.Failed.class);
        assertThat(process.isRunning()).isFalse();
        return ((Outcome.SpawnFailed) ((State.Failed) process.state()).outcome()).failure();
    }

    @Test
    void aProgramThatIsNotThere() {
        SpawnFailure failure = failure(world.program("/nowhere/program"));
        assertThat(failure.describe()).isEqualTo("execve(/nowhere/program): ENOENT (No such file or directory)");
        assertThat(failure.kind()).isEqualTo(SpawnFailure.Kind.NOT_FOUND);
    }

    @Test
    void aProgramThatMayNotBeExecuted() throws Exception {
        Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-------"));
        SpawnFailure failure = failure(world.program(program.toString()));
        assertThat(failure.describe()).isEqualTo("execve(" + program + "): EACCES (Permission denied)");
        assertThat(failure.kind()).isEqualTo(SpawnFailure.Kind.NOT_EXECUTABLE);
    }

    @Test
    void aFolderThatIsNotThere() {
        SpawnFailure failure = failure(world.shell("exit 0").workingDirectory(CString.of("/nowhere")));
        assertThat(failure.describe())
                .matches("step \\d+, chdir\\(/nowhere\\): ENOENT \\(No such file or directory\\)");
        assertThat(failure.kind()).isEqualTo(SpawnFailure.Kind.OTHER);
    }

    /** It must be told like any other failure: an exception would leave the process starting for ever. */
    @Test
    void aChildThatCannotBePrepared() {
        Pipe pipe = Pipe.open(world.libc);
        pipe.close();
        Redirect closed = new Redirect.ToPipe(pipe.writeEnd());
        SpawnFailure failure = failure(world.shell("exit 0").streams(new Redirect.Inherit(), closed, closed));
        assertThat(failure.describe()).contains("is closed");
        assertThat(failure.kind()).isEqualTo(SpawnFailure.Kind.OTHER);
    }

    /** Not even root gets more than {@code fs.nr_open}. */
    @Test
    void aLimitThatIsRefused() {
        long tooMany = 1L << 40;
        Rlimit limit = new Rlimit(Rlimit.Resource.NOFILE, tooMany, tooMany);
        SpawnFailure failure = failure(world.shell("exit 0").limits(List.of(limit)));
        assertThat(failure.describe()).matches("step \\d+, setrlimit\\(RLIMIT_NOFILE, .*\\): EPERM .*");
    }
}
