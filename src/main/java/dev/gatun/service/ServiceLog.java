package dev.gatun.service;

import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.StandardStream;
import dev.gatun.log.Level;
import dev.gatun.log.LineLayout;
import dev.gatun.log.Log;
import dev.gatun.log.ServiceLayout;
import dev.gatun.service.config.LogOutput;
import dev.gatun.service.config.LogShape;
import dev.gatun.service.config.LogThreshold;
import dev.gatun.service.config.LoggingSettings;
import java.util.Map;

/** The launcher's log: by the command line alone at first, and as the configuration wants it once that is read. */
final class ServiceLog {

    private final Libc libc;
    private final LaunchRequest request;
    private Log log;

    ServiceLog(Libc libc, LaunchRequest request) {
        this.libc = libc;
        this.request = request;
        boolean json = request.jsonLog().orElse(false);
        log = new Log(libc, StandardStream.output(libc), request.program(), Level.INFO, layout(json, Map.of()));
    }

    Log log() {
        return log;
    }

    /** Says how the configuration wants it; the command line's word on the format counts more. */
    void configure(LoggingSettings settings) {
        boolean json = request.jsonLog().orElse(settings.format() == LogShape.JSON);
        Fd fd = settings.output() == LogOutput.STDOUT ? StandardStream.output(libc) : StandardStream.error(libc);
        log = new Log(libc, fd, request.program(), level(settings.level()), layout(json, settings.fields()));
    }

    private LineLayout layout(boolean json, Map<String, String> fields) {
        return json ? ServiceLayout.json(fields) : ServiceLayout.text(libc);
    }

    private static Level level(LogThreshold threshold) {
        return switch (threshold) {
            case ERROR -> Level.ERROR;
            case WARN -> Level.WARN;
            case INFO -> Level.INFO;
            case DEBUG -> Level.DEBUG;
        };
    }
}
