package dev.gatun.service;

import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.ListeningSocket;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.probe.HttpResponder;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.service.config.CheckSettings;
import dev.gatun.service.config.ReadinessSettings;
import dev.gatun.service.readiness.Readiness;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How a service becomes ready and stops being so, and who is told. For the loop's thread. */
final class ServiceReadiness {

    private static final int BACKLOG = 64;

    private final EventLoop loop;
    private final Log log;
    private final ReadinessSettings settings;
    private final Readiness readiness;
    private final ServiceEndpoints endpoints;
    private final Optional<ListeningSocket> socket;
    private final Optional<ReadinessSource> check;
    private Optional<HttpResponder> responder = Optional.empty();

    /**
     * Opens the port and whatever else can be refused, before anything is started.
     *
     * @throws LaunchFailure where the port cannot be had and is required
     */
    ServiceReadiness(
            Libc libc, EventLoop loop, Log log, ServicePlan plan, Supervisor supervisor, ServiceFigures figures,
            LongSupplier memoryBytes) {
        this.loop = loop;
        this.log = log;
        this.settings = plan.config().readiness();
        Optional<Path> file = settings.filePath().isPresent()
                ? Optional.of(plan.resolve(settings.filePath().get()))
                : Optional.empty();
        this.readiness = new Readiness(log, file);
        this.endpoints = new ServiceEndpoints(settings, readiness, figures, plan.memory(), memoryBytes);
        this.socket = settings.enabled() ? bind(libc) : Optional.empty();
        Optional<CheckSettings> asked = settings.check();
        this.check = asked.isPresent()
                ? Optional.of(source(libc, plan, asked.get(), supervisor))
                : Optional.empty();
    }

    private ReadinessSource source(Libc libc, ServicePlan plan, CheckSettings asked, Supervisor supervisor) {
        if (asked.kind() instanceof CheckSettings.Notify) {
            return new ReadinessNotifications(libc, loop, log, plan, asked.watchdog(), readiness);
        }
        try {
            return new ReadinessCheck(libc, loop, log, plan, asked, supervisor, readiness);
        } catch (IllegalArgumentException refused) {
            throw new LaunchFailure(LaunchStep.READINESS, refused.getMessage());
        }
    }

    private Optional<ListeningSocket> bind(Libc libc) {
        try {
            InternetAddress address = InternetAddress.parse(settings.bindAddress(), settings.httpPort());
            return Optional.of(ListeningSocket.bind(libc, address, BACKLOG));
        } catch (LinuxException | IllegalArgumentException refused) {
            if (settings.required()) {
                throw new LaunchFailure(LaunchStep.READINESS, refused.getMessage());
            }
            log.warn("going on without the readiness endpoint", "problem", refused.getMessage());
            return Optional.empty();
        }
    }

    /** Variables by which the service can speak to us. */
    Map<String, String> environment() {
        return check.isPresent() ? check.get().environment() : Map.of();
    }

    /** Begins to answer. */
    String open() {
        if (socket.isPresent()) {
            responder = Optional.of(new HttpResponder(loop, socket.get(), endpoints::answer));
        }
        String where = socket.isPresent()
                ? "http://" + settings.bindAddress() + ":" + socket.get().port() + settings.httpPath()
                : "no endpoint";
        String file = settings.filePath().isPresent() ? ", file " + settings.filePath().get() : "";
        String how = check.isPresent() ? ", ready when " + check.get().describe() : ", ready when it runs";
        return where + file + how;
    }

    /** The process runs; where nothing is checked that is as good as it gets. */
    void started() {
        if (check.isEmpty()) {
            readiness.ready();
        } else {
            readiness.notReady("not checked yet");
        }
    }

    void becameReady() {
        readiness.ready();
    }

    void stopping(String reason) {
        readiness.notReady(reason);
    }

    void startProbing(SupervisedProcess process) {
        if (check.isPresent()) {
            check.get().start(process);
        }
    }

    void stopProbing() {
        if (check.isPresent()) {
            check.get().stop();
        }
    }

    void close() {
        if (responder.isPresent()) {
            responder.get().close();
        } else if (socket.isPresent()) {
            socket.get().close();
        }
        if (check.isPresent()) {
            check.get().close();
        }
    }
}
