package dev.gatun.service;

import dev.gatun.lifecycle.State;
import dev.gatun.linux.LinuxException;
import dev.gatun.log.Log;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.service.config.StartOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The processes beside the primary one: started with it, ended after it. For the loop's thread. */
final class SubProcesses {

    private record Entry(StartOrder order, SupervisedProcess process) {}

    private final Log log;
    private final List<Entry> entries = new ArrayList<>();

    SubProcesses(Log log) {
        this.log = log;
    }

    void add(StartOrder order, SupervisedProcess process) {
        entries.add(new Entry(order, process));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean contains(SupervisedProcess process) {
        for (Entry entry : entries) {
            if (entry.process() == process) {
                return true;
            }
        }
        return false;
    }

    /** Starts those of one order. One that cannot be started keeps nobody else from it; its transition tells why. */
    void start(StartOrder order) {
        for (Entry entry : entries) {
            if (entry.order() == order) {
                entry.process().start();
            }
        }
    }

    /** Asks all of them to end. */
    void stop(String reason) {
        for (Entry entry : entries) {
            entry.process().stop(reason, OptionalInt.empty());
        }
    }

    void signal(int signal) {
        for (Entry entry : entries) {
            try {
                entry.process().signal(false, signal);
            } catch (LinuxException refused) {
                log.warn("cannot forward a signal", "process", entry.process().name(), "problem", refused.getMessage());
            }
        }
    }

    /** Of those that run. */
    List<Integer> pids() {
        List<Integer> pids = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.process().isRunning()) {
                pids.add(entry.process().pid());
            }
        }
        return pids;
    }

    /** Whether none of them runs or is about to. */
    boolean areGone() {
        for (Entry entry : entries) {
            State.Kind kind = entry.process().state().kind();
            if (kind != State.Kind.IDLE && !kind.isTerminal()) {
                return false;
            }
        }
        return true;
    }

    /** {@code web (pid 12), log (pid 13)}. */
    String describe() {
        if (entries.isEmpty()) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            SupervisedProcess process = entry.process();
            text.append(text.isEmpty() ? "" : ", ").append(process.name());
            text.append(process.isRunning() ? " (pid " + process.pid() + ")" : " (not running)");
        }
        return text.toString();
    }
}
