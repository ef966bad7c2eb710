package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.MemoryGauge;
import dev.gatun.linux.proc.ProcessMemory;
import dev.gatun.linux.proc.TreeMemory;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.service.config.WatchdogScope;
import java.util.Optional;

/** Measures what the watchdog's scope says, run after run of the primary process. For the loop's thread. */
final class ServiceGauge {

    private static final long UNREADABLE = -1;

    private final Libc libc;
    private final WatchdogScope scope;
    private final SupervisedProcess primary;
    private final SubProcesses subProcesses;
    private Optional<MemoryGauge> gauge = Optional.empty();

    ServiceGauge(Libc libc, WatchdogScope scope, SupervisedProcess primary, SubProcesses subProcesses) {
        this.libc = libc;
        this.scope = scope;
        this.primary = primary;
        this.subProcesses = subProcesses;
    }

    /** A run has begun. */
    void begin() {
        end();
        gauge = Optional.of(switch (scope) {
            case TREE -> tree();
            case PROCESS -> ProcessMemory.of(libc, primary.pid());
            case CGROUP -> throw new IllegalStateException("cgroup");
        });
    }

    /** Whatever descends from us is the service's, unless there are others beside it. */
    private MemoryGauge tree() {
        return subProcesses.isEmpty()
                ? TreeMemory.below(libc, (int) libc.getpid())
                : TreeMemory.of(libc, primary.pid());
    }

    /** It is over. */
    void end() {
        if (gauge.isPresent()) {
            gauge.get().close();
            gauge = Optional.empty();
        }
    }

    /** As the watchdog asks for it; negative where nothing can be read. */
    long measure(long exactFromBytes) {
        try {
            return gauge.isEmpty() ? UNREADABLE : gauge.get().measure(exactFromBytes).bytes();
        } catch (LinuxException shortage) {
            return UNREADABLE;
        }
    }
}
