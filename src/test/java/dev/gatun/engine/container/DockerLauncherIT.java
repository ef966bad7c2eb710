package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.process.ProcExit;
import dev.gatun.process.ProcId;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ResourceLimits;
import dev.gatun.process.Stdio;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DockerLauncherIT extends ContainerLauncherContract {

    @Override
    PrivateEngine newEngine() throws IOException {
        PrivateEngine.assumeFor("dockerd");
        return new PrivateDocker();
    }

    @Test
    void aKillForWantOfMemoryIsToldAsSuch() {
        try (ProcLauncher launcher = open()) {
            ProcExit exit = exit(run(launcher, "eater", shell("tail /dev/zero")
                    .limits(ResourceLimits.NONE.withMemoryBytes(32L << 20))));
            assertThat(exit).isInstanceOfSatisfying(ProcExit.Signalled.class, signalled -> {
                assertThat(signalled.signal()).isEqualTo(9);
                assertThat(signalled.oomEvidence()).isEqualTo("container OOMKilled");
            });
        }
    }

    @Test
    void theEndIsWaitedForThroughARestartOfTheEngine() throws Exception {
        try (ProcLauncher launcher = open()) {
            var launched = run(launcher, "patient",
                    shell("echo before; while ! [ -e /tmp/go ]; do sleep 0.1; done; echo after; exit 137")
                            .wantsOutput(true));
            var output = ((Stdio.Captured) launched.stdio()).stdout().stream();
            assertThat(line(output)).isEqualTo("before");
            engine().stop();
            assertThatThrownBy(() -> await(launcher.kill(new ProcId("patient"))))
                    .hasMessageStartingWith("kill failed: no answer from a container engine at " + engine().host());
            assertThatThrownBy(() -> await(launcher.list())).hasMessageStartingWith("launcher error: no answer");
            assertThatThrownBy(() -> run(launcher, "other", shell("true")))
                    .hasMessageStartingWith("launch failed: no answer");
            engine().start();
            assertThat(launched.exit().toCompletableFuture()).isNotDone();
            exec(launched.handle(), "sh", "-c", "> /tmp/go");
            // The kill was not carried out, so it is none of ours.
            assertThat(exit(launched)).isEqualTo(new ProcExit.Exited(137, tail()));
            assertThat(new String(output.readAllBytes())).isEqualTo("after\n");
            assertThat(await(launcher.list())).isEmpty();
            assertThat(await(launcher.launch(new ProcId("patient"), shell("true").build()))).isNotNull();
        }
    }
}
