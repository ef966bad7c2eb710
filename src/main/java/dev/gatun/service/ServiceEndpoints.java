package dev.gatun.service;

import dev.gatun.lifecycle.State;
import dev.gatun.metrics.Exposition;
import dev.gatun.probe.HttpRequest;
import dev.gatun.probe.HttpResponse;
import dev.gatun.service.config.ReadinessSettings;
import dev.gatun.service.launch.MemoryPlan;
import dev.gatun.service.readiness.Readiness;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What the HTTP endpoint answers. For the loop's thread. */
final class ServiceEndpoints {

    private final ReadinessSettings settings;
    private final Readiness readiness;
    private final ServiceFigures figures;
    private final MemoryPlan memory;
    private final LongSupplier memoryBytes;

    /** @param memoryBytes what the watchdog measured last; negative where it has not */
    ServiceEndpoints(
            ReadinessSettings settings, Readiness readiness, ServiceFigures figures, MemoryPlan memory,
            LongSupplier memoryBytes) {
        this.settings = settings;
        this.readiness = readiness;
        this.figures = figures;
        this.memory = memory;
        this.memoryBytes = memoryBytes;
    }

    Optional<HttpResponse> answer(HttpRequest request) {
        String path = request.path();
        if (path.equals(settings.httpPath())) {
            return Optional
                    .of(readiness.isReady() ? HttpResponse.text(200, "OK") : HttpResponse.text(503, "NOT READY"));
        }
        if (path.equals(settings.livePath().orElse(""))) {
            return Optional
                    .of(figures.isAlive() ? HttpResponse.text(200, "OK") : HttpResponse.text(503, "NOT RUNNING"));
        }
        if (path.equals(settings.metricsPath().orElse(""))) {
            return Optional.of(new HttpResponse(200, Exposition.CONTENT_TYPE, metrics()));
        }
        return Optional.empty();
    }

    private byte[] metrics() {
        Exposition exposition = new Exposition()
                .gauge("gatun_service_ready", "Whether the service is ready", readiness.isReady() ? 1 : 0)
                .gauge("gatun_service_state", "The state of the service: 1 for the one it is in", "state", states())
                .gauge("gatun_service_uptime_seconds", "How long the present run lasts",
                        figures.uptimeNanos() / 1e9)
                .counter("gatun_service_restarts", "Starts after the first", figures.restarts());
        if (memoryBytes.getAsLong() >= 0) {
            exposition.gauge("gatun_service_memory_bytes", "Memory in use, as the watchdog measured it last",
                    memoryBytes.getAsLong());
        }
        if (memory instanceof MemoryPlan.Managed managed) {
            exposition.gauge("gatun_service_memory_limit_bytes", "The memory limit", managed.limitBytes());
        }
        if (figures.lastOutcome().isPresent()) {
            exposition.gauge("gatun_service_last_outcome", "How the last run ended: 1 for that outcome", "outcome",
                    Map.of(figures.lastOutcome().get(), 1.0));
        }
        return exposition.text();
    }

    private Map<String, Double> states() {
        Map<String, Double> states = new LinkedHashMap<>();
        for (State.Kind kind : State.Kind.values()) {
            states.put(kind.name().toLowerCase(Locale.ROOT), kind == figures.state() ? 1.0 : 0.0);
        }
        return states;
    }
}
