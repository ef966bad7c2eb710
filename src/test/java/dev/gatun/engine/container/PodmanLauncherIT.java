package dev.gatun.engine.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** The same on Podman, for whoever sets GATUN_TEST_PODMAN: its network plug-in writes firewall rules, and leaves them. */
class PodmanLauncherIT extends ContainerLauncherContract {

    @Override
    PrivateEngine newEngine() throws IOException {
        assumeTrue(System.getenv("GATUN_TEST_PODMAN") != null, "GATUN_TEST_PODMAN is not set");
        PrivateEngine.assumeFor("podman");
        return new PrivatePodman();
    }
}
