package dev.gatun.service.it;

import dev.gatun.it.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** Asks servers of this machine. */
final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Await.DEADLINE)
            .build();

    private Http() {}

    /** What came back. */
    record Answer(int status, String body, HttpHeaders headers) {

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    static Answer get(int port, String path) {
        return ask("GET", port, path);
    }

    static Answer ask(String method, int port, String path) {
        try {
            return send(method, port, path);
        } catch (IOException failure) {
            throw new AssertionError(method + " of " + path + " at port " + port + ": no answer", failure);
        }
    }

    /** Empty where nobody listens, or who does hangs up. */
    static Optional<Answer> tryGet(int port, String path) {
        try {
            return Optional.of(send("GET", port, path));
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }

    /** Waits until a request is answered with a status. */
    static Answer await(int port, String path, int status) {
        return Await.value("status " + status + " of " + path + " at port " + port,
                () -> tryGet(port, path).filter(answer -> answer.status() == status));
    }

    private static Answer send(String method, int port, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
