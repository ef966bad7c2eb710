package dev.gatun.engine.container;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLauncherProvider;
import dev.gatun.process.RequiredLibraries;

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
        RequiredLibraries.check(
                KIND,
                "com.github.docker-java:docker-java-core and docker-java-transport-zerodep",
                ContainerLauncherProvider.class,
                "com.github.dockerjava.core.DockerClientImpl",
                "com.github.dockerjava.zerodep.ZerodepDockerHttpClient",
                "com.fasterxml.jackson.databind.ObjectMapper");
        return ContainerLauncher.open(settings);
    }
}
