package dev.gatun.engine.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLauncherProvider;
import dev.gatun.process.RequiredLibraries;

/** Makes launchers of the kind {@code kubernetes}. Names no class of the client, which need not be there. */
public final class KubernetesLauncherProvider implements ProcLauncherProvider {

    static final String KIND = "kubernetes";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public ProcLauncher open(LauncherSettings settings) {
        requireNonNull(settings, "settings");
        KubernetesSettings checked = KubernetesSettings.of(settings);
        RequiredLibraries.check(
                KIND,
                "io.fabric8:kubernetes-client and kubernetes-httpclient-jdk",
                KubernetesLauncherProvider.class,
                "io.fabric8.kubernetes.client.KubernetesClientBuilder",
                "io.fabric8.kubernetes.client.impl.KubernetesClientImpl",
                "io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory");
        return KubernetesLauncher.open(checked);
    }
}
