package dev.gatun.engine.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a failed request is about, in the words of the API server where it has said any. */
final class ApiFailure {

    private ApiFailure() {}

    static String text(Throwable failure) {
        if (failure instanceof KubernetesClientException refused && refused.getCode() > 0) {
            Status status = refused.getStatus();
            boolean says = status != null
                    && status.getMessage() != null
                    && !status.getMessage().isBlank();
            return "the API server answered " + refused.getCode() + (says ? ": " + status.getMessage().strip() : "");
        }
        if (failure instanceof IOException) {
            String message = failure.getMessage();
            return "the API server did not answer: " + failure.getClass().getSimpleName()
                    + (message == null ? "" : ": " + message);
        }
        Throwable cause = failure.getCause();
        if (cause != null && (isWrapper(failure) || failure instanceof KubernetesClientException)) {
            return text(cause);
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    static boolean isNotFound(KubernetesClientException failure) {
        return failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    static boolean isConflict(KubernetesClientException failure) {
        return failure.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    private static boolean isWrapper(Throwable failure) {
        return failure instanceof ExecutionException || failure instanceof CompletionException;
    }
}
