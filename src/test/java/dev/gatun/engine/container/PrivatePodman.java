package dev.gatun.engine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The service of Podman, whose containers go on without it. */
final class PrivatePodman extends PrivateEngine {

    private static final Path BRIDGE = Path.of("/sys/class/net/cni-podman0");

    private final boolean makesBridge = !Files.exists(BRIDGE);

    PrivatePodman() throws IOException {
        Files.writeString(folder.resolve("containers.conf"), """
                [containers]
                default_ulimits = ["nofile=1024:1024", "nproc=10000:10000"]
                log_driver = "k8s-file"
                [engine]
                runtime = "runc"
                cgroup_manager = "cgroupfs"
                events_logger = "file"
                """);
    }

    @Override
    List<String> command() {
        return List.of(
                "podman",
                "--root", folder + "/root",
                "--runroot", folder + "/run",
                "--tmpdir", folder + "/tmp",
                "--storage-driver", "vfs",
                "system", "service", "--time=0", host());
    }

    @Override
    Map<String, String> environment() {
        return Map.of("CONTAINERS_CONF", folder + "/containers.conf", "HOME", folder.toString());
    }

    @Override
    void cleanUp() throws IOException {
        if (makesBridge) {
            run("ip", "link", "del", BRIDGE.getFileName().toString());
        }
    }
}
