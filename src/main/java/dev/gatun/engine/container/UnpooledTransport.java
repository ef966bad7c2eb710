package dev.gatun.engine.container;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;

/**
 * Makes a connection for each request. A pooled one may be of an engine that has been restarted since; the client
 * notices when it has sent the request already, and a request to create something is not sent again.
 */
record UnpooledTransport(DockerHttpClient transport) implements DockerHttpClient {

    @Override
    public Response execute(Request request) {
        return transport.execute(Request.builder()
                .from(request)
                .putHeader("connection", "close")
                .build());
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}
