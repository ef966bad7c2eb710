package dev.gatun.engine.container;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLauncherProvider;

/** Makes launchers of containers. This class works without docker-java, so that its absence can be told in words. */
public final class ContainerLauncherProvider implements ProcLauncherProvider {

    /** What the kind is called. */
    public static final String KIND = "container";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public ProcLauncher open(LauncherSettings settings) {
        requireNonNull(settings, "settings");
        try {
            return ContainerLauncher.open(settings);
        } catch (NoClassDefFoundError missing) {
            throw new LauncherException(
                    LauncherException.Operation.OTHER,
                    "the container launcher needs docker-java on the class path: docker-java-core and"
                            + " docker-java-transport-zerodep of com.github.docker-java, with what they depend on",
                    missing);
        }
    }
}
