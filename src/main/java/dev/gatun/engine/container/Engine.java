package dev.gatun.engine.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.VersionComponent;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The engine's API, as far as a launcher needs it (Docker Engine API 1.40 and later, which Podman has too). Every method
 * waits for the answer, as long as it takes, and throws {@link EngineException}; an interrupt ends the wait. Thread-safe.
 *
 * <p>What takes as long as a container lives goes by docker-java's transport and not by its commands: those start a
 * platform thread for each stream, and take a stream that breaks off for one that has ended.
 */
final class Engine implements AutoCloseable {

    private static final Path FIRST_NODE = Path.of("/sys/devices/system/node/node0");

    private final DockerClientConfig config;
    private final DockerHttpClient transport;
    private final DockerClient client;
    private final ObjectMapper json;
    private final EngineFailures failures;

    /** Makes no connection yet. */
    Engine(EngineHost host) {
        URI address = uri(host);
        config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(address.toString())
                .withDockerTlsVerify(false)
                .build();
        transport = new UnpooledTransport(
                new ZerodepDockerHttpClient.Builder().dockerHost(address).build());
        client = DockerClientImpl.getInstance(config, transport);
        json = config.getObjectMapper();
        failures = new EngineFailures(host, json);
    }

    private static URI uri(EngineHost host) {
        try {
            return new URI("unix", "", host.socket().toString(), null);
        } catch (URISyntaxException impossible) {
            throw new IllegalArgumentException("no path of a socket: " + host.socket(), impossible);
        }
    }

    EngineAbilities abilities() {
        Info info = ask(() -> client.infoCmd().exec());
        Map<String, Object> raw = info.getRawValues();
        return new EngineAbilities(
                Boolean.TRUE.equals(info.getMemoryLimit()),
                Boolean.TRUE.equals(info.getSwapLimit()),
                Boolean.TRUE.equals(info.getCpuCfsQuota()),
                Boolean.TRUE.equals(raw.get("PidsLimit")),
                Boolean.TRUE.equals(info.getCpuSet()),
                "2".equals(info.getCGroupVersion()),
                "systemd".equals(raw.get("CgroupDriver")),
                Files.isDirectory(FIRST_NODE),
                !isPodman());
    }

    /** Podman (4.3) leaves lines out of a log that is followed, and gives them all when it is only read. */
    private boolean isPodman() {
        List<VersionComponent> components = ask(() -> client.versionCmd().exec()).getComponents();
        return components != null
                && components.stream().anyMatch(component -> "Podman Engine".equals(component.getName()));
    }

    boolean hasImage(String image) {
        try {
            ask(() -> client.inspectImageCmd(image).exec());
            return true;
        } catch (EngineException failure) {
            if (failure.is(EngineException.Kind.NOT_FOUND)) {
                return false;
            }
            throw failure;
        }
    }

    /** Fetches an image, with the credentials of the user's Docker configuration. */
    void pull(String image) {
        Request.Builder request = Request.builder()
                .method(Request.Method.POST)
                .path("/images/create?fromImage=" + encoded(tagged(image)));
        AuthConfig credentials = ask(() -> config.effectiveAuthConfig(image));
        try {
            if (credentials != null) {
                request.putHeader(
                        "X-Registry-Auth", Base64.getUrlEncoder().encodeToString(json.writeValueAsBytes(credentials)));
            }
            // The status is sent before the work: how it went is told line by line.
            try (InputStream progress = open(request.build());
                    MappingIterator<JsonNode> lines = json.readerFor(JsonNode.class).readValues(progress)) {
                while (lines.hasNextValue()) {
                    JsonNode error = lines.nextValue().path("error");
                    if (error.isTextual()) {
                        throw failures.status(0, error.textValue(), null);
                    }
                }
            }
        } catch (IOException lost) {
            throw failures.unreachable(lost);
        }
    }

    /** Without a tag the engine would fetch all there are. */
    static String tagged(String image) {
        boolean isComplete = image.indexOf('@') >= 0 || image.indexOf(':', image.lastIndexOf('/') + 1) >= 0;
        return isComplete ? image : image + ":latest";
    }

    /** A request to be filled in and handed to {@link #create}; asks nobody. */
    CreateContainerCmd newContainer(String image) {
        return client.createContainerCmd(image);
    }

    /** @return the container's id */
    String create(CreateContainerCmd command) {
        return ask(command::exec).getId();
    }

    void start(String id) {
        run(() -> client.startContainerCmd(id).exec());
    }

    ContainerState inspect(String id) {
        return state(ask(() -> client.inspectContainerCmd(id).exec()));
    }

    private static ContainerState state(InspectContainerResponse response) {
        InspectContainerResponse.ContainerState state = response.getState();
        Map<String, String> labels = response.getConfig().getLabels();
        Long pid = state.getPidLong();
        Long code = state.getExitCodeLong();
        return new ContainerState(
                response.getId(),
                labels == null ? Map.of() : labels,
                String.valueOf(state.getStatus()),
                pid == null ? 0 : pid.intValue(),
                code == null ? -1 : code.intValue(),
                Boolean.TRUE.equals(state.getOOMKilled()),
                time(state.getStartedAt()),
                address(response));
    }

    /** Podman gives times with the offset of its zone. */
    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException | NullPointerException none) {
            return Instant.EPOCH;
        }
    }

    private static Optional<String> address(InspectContainerResponse response) {
        if (response.getNetworkSettings() == null || response.getNetworkSettings().getNetworks() == null) {
            return Optional.empty();
        }
        return response.getNetworkSettings().getNetworks().values().stream()
                .map(ContainerNetwork::getIpAddress)
                .filter(address -> address != null && !address.isEmpty())
                .findFirst();
    }

    /** Waits until a container does not run, as a rule: what the answer says has to be seen by {@link #inspect}. */
    void awaitEnd(String id) {
        Request request = Request.builder()
                .method(Request.Method.POST)
                .path("/containers/" + id + "/wait?condition=not-running")
                .build();
        try (InputStream answer = open(request)) {
            answer.readAllBytes();
        } catch (IOException lost) {
            throw failures.unreachable(lost);
        }
    }

    /** Asks a container to end, and kills it when the grace is over; answers when it has ended. */
    void stop(String id, Duration grace) {
        run(() -> client.stopContainerCmd(id).withTimeout(wholeSeconds(grace)).exec());
    }

    /** The API knows no parts of seconds: rather too late than too early. */
    static int wholeSeconds(Duration duration) {
        long seconds = duration.toSeconds() + (duration.toNanosPart() > 0 ? 1 : 0);
        return (int) Math.min(seconds, Integer.MAX_VALUE);
    }

    void kill(String id) {
        run(() -> client.killContainerCmd(id).exec());
    }

    /** Removes a container whatever it does, with the volumes that have no name. Done too where there is none. */
    void remove(String id) {
        try {
            run(() -> client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec());
        } catch (EngineException failure) {
            boolean isGoing = failure.is(EngineException.Kind.NOT_FOUND) || failure.is(EngineException.Kind.CONFLICT);
            if (!isGoing) {
                throw failure;
            }
        }
    }

    /** The containers with these labels, whatever their state. */
    List<FoundContainer> find(Map<String, String> labels) {
        List<FoundContainer> found = new ArrayList<>();
        ask(() -> client.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec())
                .forEach(container -> ContainerLabels.read(container.getLabels())
                        .ifPresent(own -> found.add(
                                new FoundContainer(container.getId(), own, String.valueOf(container.getState())))));
        return found;
    }

    /**
     * What a container has written so far, in {@link LogFrames}.
     *
     * @param follows whether the stream goes on until the container ends
     * @param lines how many of the last lines of both outputs are looked at, {@code all} for all
     */
    InputStream logs(String id, LogStream stream, boolean follows, String lines) {
        return open(Request.builder()
                .method(Request.Method.GET)
                .path("/containers/" + id + "/logs?" + stream.query() + "&follow=" + follows + "&tail=" + lines)
                .build());
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException alreadyGone) {
            // Nothing is left to be closed.
        }
    }

    private InputStream open(Request request) {
        DockerHttpClient.Response response = ask(() -> transport.execute(request));
        try {
            if (response.getStatusCode() < 300) {
                return new FilterInputStream(response.getBody()) {
                    @Override
                    public void close() {
                        // The connection, that is; to close the stream would read it to its end.
                        response.close();
                    }
                };
            }
            String body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            response.close();
            throw failures.status(response.getStatusCode(), body, null);
        } catch (IOException lost) {
            response.close();
            throw failures.unreachable(lost);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void run(Runnable request) {
        ask(() -> {
            request.run();
            return true;
        });
    }

    private <T> T ask(Supplier<T> request) {
        try {
            return request.get();
        } catch (RuntimeException failure) {
            throw failures.translate(failure);
        }
    }
}
