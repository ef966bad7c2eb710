package dev.gatun.engine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** dockerd, which writes no rule to the machine's firewall, and lets its containers go on when it is stopped. */
final class PrivateDocker extends PrivateEngine {

    private static final Path BRIDGE = Path.of("/sys/class/net/docker0");

    private final boolean makesBridge = !Files.exists(BRIDGE);

    PrivateDocker() throws IOException {}

    @Override
    List<String> command() {
        return List.of(
                "dockerd",
                "-H", host(),
                "--data-root", folder + "/data",
                "--exec-root", folder + "/exec",
                "--pidfile", folder + "/dockerd.pid",
                "--live-restore",
                "--iptables=false",
                "--ip6tables=false",
                "--ip-forward=false",
                "--ip-masq=false");
    }

    @Override
    Map<String, String> environment() {
        return Map.of();
    }

    @Override
    void cleanUp() throws IOException {
        run("umount", folder + "/exec/netns/default");
        // It mounts its folder onto itself, and leaves that where containers may go on.
        run("umount", folder + "/data");
        if (makesBridge) {
            run("ip", "link", "del", "docker0");
        }
    }
}
