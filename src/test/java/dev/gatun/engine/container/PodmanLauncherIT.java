package dev.gatun.engine.container;

import java.io.IOException;

class PodmanLauncherIT extends ContainerLauncherContract {

    @Override
    PrivateEngine newEngine() throws IOException {
        PrivateEngine.assumeFor("podman");
        return new PrivatePodman();
    }
}
