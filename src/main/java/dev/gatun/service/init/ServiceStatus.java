package dev.gatun.service.init;

import dev.gatun.service.instance.Presence;
import java.util.ArrayList;
import java.util.List;

/** What {@code status} answers, and its exit code. */
final class ServiceStatus {

    /** There is a pid file, and its process is dead. */
    static final int DEAD = 1;

    static final int NOT_RUNNING = 3;
    static final int UNKNOWN = 4;

    private final InitOutput output;

    ServiceStatus(InitOutput output) {
        this.output = output;
    }

    int of(List<ManagedProcess> processes) {
        List<String> reasons = new ArrayList<>();
        List<String> doubts = new ArrayList<>();
        boolean filesExist = false;
        for (ManagedProcess process : processes) {
            Presence presence = process.instance().look();
            String line = process.name() + ": " + presence.words();
            switch (presence.kind()) {
                case RUNNING -> filesExist = true;
                case STARTING -> {
                    reasons.add(line);
                    filesExist |= process.instance().exists();
                }
                case NOT_RUNNING -> {
                    reasons.add(line);
                    filesExist |= ((Presence.NotRunning) presence).fileExisted();
                }
                case UNREADABLE -> doubts.add(line);
            }
        }
        if (!doubts.isEmpty()) {
            return unknown(doubts);
        }
        if (reasons.isEmpty()) {
            output.out("Running");
            return InitVerbs.DONE;
        }
        return filesExist
                ? answer("Process dead but pidfile exists.", reasons, DEAD)
                : answer("Service not running", reasons, NOT_RUNNING);
    }

    int unknown(List<String> reasons) {
        return answer("Failed to determine service status", reasons, UNKNOWN);
    }

    private int answer(String state, List<String> reasons, int exitCode) {
        output.err(state);
        for (String reason : reasons) {
            output.err(reason);
        }
        return exitCode;
    }
}
