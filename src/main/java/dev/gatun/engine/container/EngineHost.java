package dev.gatun.engine.container;

import dev.gatun.process.LauncherException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where the engine listens: a Unix socket, since an engine on another machine could neither be told from a dead one nor
 * bind to processors that we know.
 */
record EngineHost(Path socket) {

    private static final String SCHEME = "unix://";
    private static final Path DOCKER = Path.of("/var/run/docker.sock");
    private static final Path PODMAN = Path.of("/run/podman/podman.sock");

    /**
     * The engine that is meant.
     *
     * @param setting wins over everything
     * @param environment for {@code DOCKER_HOST}, and {@code XDG_RUNTIME_DIR} where engines without root listen
     * @param exists tells of sockets
     * @throws LauncherException where what is given is no address of a Unix socket
     */
    static EngineHost find(Optional<String> setting, Map<String, String> environment, Predicate<Path> exists) {
        if (setting.isPresent()) {
            return parse("the setting host", setting.get());
        }
        String variable = environment.getOrDefault("DOCKER_HOST", "");
        if (!variable.isBlank()) {
            return parse("the variable DOCKER_HOST", variable);
        }
        return new EngineHost(usual(environment).stream().filter(exists).findFirst().orElse(DOCKER));
    }

    private static List<Path> usual(Map<String, String> environment) {
        List<Path> sockets = new ArrayList<>(List.of(DOCKER));
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.startsWith("/")) {
            sockets.add(Path.of(runtime, "docker.sock"));
            sockets.add(Path.of(runtime, "podman", "podman.sock"));
        }
        sockets.add(PODMAN);
        return sockets;
    }

    private static EngineHost parse(String what, String text) {
        String path = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        if (!path.startsWith("/")) {
            throw new LauncherException(
                    LauncherException.Operation.OTHER,
                    what + " is \"" + text + "\"; expected a Unix socket such as unix:///var/run/docker.sock");
        }
        return new EngineHost(Path.of(path));
    }

    @Override
    public String toString() {
        return SCHEME + socket;
    }
}
