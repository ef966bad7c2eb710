package dev.gatun.engine.kubernetes;

import dev.gatun.process.LineSplitter;
import dev.gatun.process.ProcOutput;
import dev.gatun.process.Tail;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.HttpURLConnection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/**
 * Hands on what a Pod writes, as it is written. A stream that breaks is opened again where it was, as often as it takes.
 * No thread waits for it: when the reader is behind, nothing more is asked for. For the launcher's thread.
 *
 * <p>The client's own way to follow a log is not used: it passes an error's text off as output.
 */
final class LogFollower {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration STALLED = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final LauncherThread thread;
    private final PodApi api;
    private final String name;
    private final Tail tail;
    private final ProcOutput output;
    private final LogStamps stamps;
    private final LineSplitter lines;
    private final Optional<Instant> since;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private int attempt;
    private Duration pause = FIRST_PAUSE;
    private Future<?> retry = CompletableFuture.completedFuture(null);

    /** The stream that is open, and the one that has more but was not asked for it, since the reader is behind. */
    private Optional<AsyncBody> open = Optional.empty();

    private Optional<AsyncBody> held = Optional.empty();

    private boolean hasBeenOpen;

    /** Whether the container has ended, and whether the current stream was asked for after that. */
    private boolean hasContainerEnded;

    private boolean isLastStream;

    /** Whether the reader was found to be behind. */
    private boolean isHeld;

    /** @param since from when on; empty for the beginning */
    LogFollower(LauncherThread thread, PodApi api, String name, Tail tail, Optional<Instant> since) {
        this.thread = thread;
        this.api = api;
        this.name = name;
        this.tail = tail;
        this.since = since;
        this.output = new ProcOutput(ProcOutput.DEFAULT_CAPACITY_BYTES, () -> thread.post(this::goOn));
        this.stamps = new LogStamps(this::take);
        this.lines = new LineSplitter(tail::add);
    }

    ProcOutput output() {
        return output;
    }

    /** The last lines; none before {@link #ended}. */
    List<String> lastLines() {
        return tail.lines();
    }

    /** Completes when there is nothing more to come. */
    CompletionStage<Void> ended() {
        return ended;
    }

    void start() {
        if (ended.isDone()) {
            return;
        }
        int current = ++attempt;
        isLastStream = hasContainerEnded;
        stamps.streamBegins();
        HttpClient http = api.http();
        HttpRequest request = http.newHttpRequestBuilder()
                .uri(api.followAddress(name, stamps.lastTime().or(() -> since)))
                .forStreaming()
                .build();
        http.consumeBytes(request, (buffers, body) -> {
            byte[] bytes = copy(buffers);
            thread.post(() -> add(current, bytes, body));
        })
                .whenComplete((response, failure) -> thread.post(() -> opened(current, response, failure)));
    }

    /** The container has ended: what a stream that begins now gives is all there is. */
    void containerEnded() {
        hasContainerEnded = true;
        pause = FIRST_PAUSE;
        if (retry.isDone()) {
            thread.after(STALLED, this::renew);
        } else {
            retry.cancel(false);
            start();
        }
    }

    /** A stream should end with its container. One that does not has lost its other end, which nobody tells us. */
    private void renew() {
        if (ended.isDone() || isLastStream) {
            return;
        }
        if (held.isPresent()) {
            thread.after(STALLED, this::renew);
            return;
        }
        open.ifPresent(AsyncBody::cancel);
        open = Optional.empty();
        start();
    }

    /** Gives up what has not come. */
    void stop() {
        if (ended.isDone()) {
            return;
        }
        attempt++;
        retry.cancel(false);
        open.ifPresent(AsyncBody::cancel);
        lines.end();
        output.end();
        ended.complete(null);
    }

    private void opened(int current, HttpResponse<AsyncBody> response, Throwable failure) {
        if (current != attempt || failure != null) {
            if (response != null) {
                response.body().cancel();
            }
            streamEnded(current, true);
            return;
        }
        if (!response.isSuccessful()) {
            response.body().cancel();
            if (isFinal(response.code())) {
                stop();
            } else {
                streamEnded(current, true);
            }
            return;
        }
        hasBeenOpen = true;
        open = Optional.of(response.body());
        response.body().done().whenComplete((done, broken) -> thread.post(() -> streamEnded(current, broken != null)));
        response.body().consume();
    }

    /** Whether there is no use in asking again. */
    private boolean isFinal(int code) {
        return switch (code) {
            case HttpURLConnection.HTTP_NOT_FOUND -> true;
            // An API server that has just started forbids what it allows a moment later, when it has read all roles.
            case HttpURLConnection.HTTP_FORBIDDEN -> hasContainerEnded && !hasBeenOpen;
            case HttpURLConnection.HTTP_BAD_REQUEST -> hasContainerEnded;
            default -> false;
        };
    }

    private void streamEnded(int current, boolean isBroken) {
        if (current != attempt || ended.isDone()) {
            return;
        }
        open = Optional.empty();
        held = Optional.empty();
        if (isLastStream && !isBroken) {
            stop();
        } else if (hasContainerEnded && !isBroken) {
            start();
        } else {
            retry = thread.after(pause, this::start);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
    }

    private void add(int current, byte[] bytes, AsyncBody body) {
        if (current != attempt || ended.isDone()) {
            body.cancel();
            return;
        }
        pause = FIRST_PAUSE;
        isHeld = false;
        stamps.add(bytes, 0, bytes.length);
        if (isHeld) {
            held = Optional.of(body);
        } else {
            body.consume();
        }
    }

    private void take(byte[] bytes, int offset, int count) {
        lines.add(bytes, offset, count);
        isHeld = !output.put(bytes, offset, count);
    }

    private void goOn() {
        Optional<AsyncBody> body = held;
        held = Optional.empty();
        isHeld = false;
        body.ifPresent(AsyncBody::consume);
    }

    /** The buffers are used again once we return. */
    private static byte[] copy(List<ByteBuffer> buffers) {
        byte[] bytes = new byte[buffers.stream().mapToInt(ByteBuffer::remaining).sum()];
        int at = 0;
        for (ByteBuffer buffer : buffers) {
            int count = buffer.remaining();
            buffer.get(bytes, at, count);
            at += count;
        }
        return bytes;
    }
}
