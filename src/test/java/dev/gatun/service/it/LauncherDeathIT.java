package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Await;
import dev.gatun.it.Kernel;
import dev.gatun.it.RunningGatun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gatun killed by SIGKILL: nothing is left behind. */
class LauncherDeathIT {

    @TempDir
    private Path folder;

    private static void killAndLook(RunningGatun gatun) {
        assertThat(gatun.processes()).hasSizeGreaterThan(1);
        gatun.signal(Kernel.KILL);
        assertThat(gatun.awaitCode()).isEqualTo(137);
        Await.until("nothing left", () -> gatun.processes().isEmpty());
    }

    @Test
    void serviceEndsWithIt() {
        Dist dist = Example.HELLO.in(folder);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8081), "/ready", 200);
            killAndLook(gatun);
            assertThat(Http.tryGet(dist.port(8080), "/")).isEmpty();
        }
    }

    @Test
    void sidecarsEndWithIt() {
        Dist dist = Dist.example(folder, "sidecars");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^main: here");
            gatun.out().await("^cache: here");
            gatun.out().await("^shipper: here");
            killAndLook(gatun);
        }
    }

    /** Its workers see by themselves that their parent has gone. */
    @Test
    void workersOfGunicornEndWithIt() {
        Dist dist = Example.GUNICORN.in(folder);
        try (RunningGatun gatun = dist.service().start()) {
            Http.await(dist.port(8087), "/ready", 200);
            killAndLook(gatun);
        }
    }

    @Test
    void serviceThatWasStartedAgainEndsWithItToo() {
        Dist dist =
                Dist.shell(folder, "[ -e var/second ] || { touch var/second; exit 1; }; echo second; exec sleep 3600",
                        "restart: {policy: on-failure, backoffMinSeconds: 0.01, backoffMaxSeconds: 0.02}");
        try (RunningGatun gatun = dist.service().start()) {
            gatun.out().await("^second$");
            killAndLook(gatun);
        }
    }
}
