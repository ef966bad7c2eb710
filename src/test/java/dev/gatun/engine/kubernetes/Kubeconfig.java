package dev.gatun.engine.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file by which a launcher finds a test's API server. */
final class Kubeconfig {

    private Kubeconfig() {}

    static Path write(Path folder, String server, String namespace) {
        try {
            return Files.writeString(folder.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: test, cluster: {server: "%s"}}]
                    users: [{name: test, user: {}}]
                    contexts: [{name: test, context: {cluster: test, user: test, namespace: %s}}]
                    current-context: test
                    """.formatted(server, namespace));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
