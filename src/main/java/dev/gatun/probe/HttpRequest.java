package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

/**
 * What somebody asks for.
 *
 * @param method such as {@code GET}
 * @param path as it was sent, without the query and without a host; begins with a slash
 */
public record HttpRequest(String method, String path) {

    public HttpRequest {
        requireNonNull(method);
        requireNonNull(path);
    }
}
