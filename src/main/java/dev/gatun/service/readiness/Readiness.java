package dev.gatun.service.readiness;

import static java.util.Objects.requireNonNull;

import dev.gatun.log.Log;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the service is ready, for everybody who asks or looks. For the loop's thread. */
public final class Readiness {

    private final Log log;
    private final Optional<ReadyFile> file;
    private boolean ready;
    private String reason = "not started yet";

    /** @param filePath a file that is there while the service is ready */
    public Readiness(Log log, Optional<Path> filePath) {
        this.log = requireNonNull(log);
        this.file = filePath.isPresent() ? Optional.of(new ReadyFile(filePath.get(), log)) : Optional.empty();
        if (file.isPresent()) {
            // Of a launcher that was killed.
            file.get().remove();
        }
    }

    public boolean isReady() {
        return ready;
    }

    /** Why it is not ready; empty while it is. */
    public String reason() {
        return reason;
    }

    public void ready() {
        if (ready) {
            return;
        }
        ready = true;
        reason = "";
        log.info("ready");
        if (file.isPresent()) {
            file.get().write();
        }
    }

    /** Says that it is not ready any more, or for another reason. */
    public void notReady(String why) {
        reason = why;
        if (!ready) {
            return;
        }
        ready = false;
        log.info("not ready", "reason", why);
        if (file.isPresent()) {
            file.get().remove();
        }
    }
}
