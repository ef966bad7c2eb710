package dev.gatun.engine.kubernetes;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLauncherProvider;
import java.util.List;

/** Makes launchers of the kind {@code kubernetes}. Names no class of the client, which need not be there. */
public final class KubernetesLauncherProvider implements ProcLauncherProvider {

    static final String KIND = "kubernetes";

    private static final List<String> NEEDED = List.of(
            "io.fabric8.kubernetes.client.KubernetesClientBuilder",
            "io.fabric8.kubernetes.client.impl.KubernetesClientImpl",
            "io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory");

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public ProcLauncher open(LauncherSettings settings) {
        requireNonNull(settings, "settings");
        KubernetesSettings checked = KubernetesSettings.of(settings);
        for (String name : NEEDED) {
            if (!isThere(name)) {
                throw new LauncherException(
                        LauncherException.Operation.OTHER,
                        "the kubernetes launcher needs the libraries io.fabric8:kubernetes-client and "
                                + "io.fabric8:kubernetes-httpclient-jdk with what they depend on, "
                                + "add them to the class path");
            }
        }
        return KubernetesLauncher.open(checked);
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name, false, KubernetesLauncherProvider.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError missing) {
            return false;
        }
    }
}
