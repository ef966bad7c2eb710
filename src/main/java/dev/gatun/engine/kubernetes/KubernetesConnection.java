package dev.gatun.engine.kubernetes;

import dev.gatun.process.LauncherException;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.File;
import java.util.List;
import java.util.Optional;

/** The way to the API server. */
final class KubernetesConnection {

    /** Ask again after 100, 200, 400, 800 and 1600 ms where nobody answers, or with 429 or 5xx. */
    private static final int RETRIES = 5;

    private static final int CONNECT_MILLIS = 5_000;

    private KubernetesConnection() {}

    /** @throws LauncherException with one sentence where the settings lead nowhere */
    static PodApi open(KubernetesSettings settings) {
        Config config = config(settings);
        // Over HTTP/2 all followed logs would share one connection, and servers allow only so many streams on one.
        config.setHttp2Disable(true);
        config.setRequestRetryBackoffLimit(RETRIES);
        config.setConnectionTimeout(CONNECT_MILLIS);
        String namespace = settings.namespace()
                .or(() -> Optional.ofNullable(config.getNamespace()).filter(name -> !name.isBlank()))
                .orElse("default");
        KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        return new PodApi(client, namespace);
    }

    private static Config config(KubernetesSettings settings) {
        Config config;
        if (settings.kubeconfig().isPresent()) {
            File file = new File(settings.kubeconfig().get());
            if (!file.canRead()) {
                throw refused("the setting kubeconfig is \"" + file + "\"; expected a file that can be read");
            }
            config = fromFile(settings, file);
        } else {
            config = Config.autoConfigure(settings.context().orElse(null));
        }
        settings.context().ifPresent(name -> checkContext(config, name));
        return config;
    }

    private static Config fromFile(KubernetesSettings settings, File file) {
        try {
            return Config.fromKubeconfig(settings.context().orElse(null), file);
        } catch (RuntimeException malformed) {
            throw new LauncherException(
                    LauncherException.Operation.OTHER,
                    "the setting kubeconfig is \"" + file + "\", which cannot be read as such a file",
                    malformed);
        }
    }

    private static void checkContext(Config config, String name) {
        List<String> names =
                config.getContexts().stream().map(NamedContext::getName).toList();
        if (!names.contains(name)) {
            throw refused("the setting context is \"" + name + "\"; expected one of the kubeconfig's: "
                    + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.OTHER, detail);
    }
}
