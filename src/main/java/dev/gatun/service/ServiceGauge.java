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
    private final boolean sharesLimit;
    private final SupervisedProcess primary;
    private final SubProcesses subProcesses;
    private Optional<MemoryGauge> gauge = Optional.empty();

    /** @param sharesLimit whether our own memory counts against the limit as well */
    ServiceGauge(
            Libc libc, WatchdogScope scope, boolean sharesLimit, SupervisedProcess primary,
            SubProcesses subProcesses) {
        this.libc = libc;
        this.scope = scope;
        this.sharesLimit = sharesLimit;
        this.primary = primary;
        this.subProcesses = subProcesses;
    }

    /** A run has begun. */
    void begin() {
        end();
        gauge = Optional.of(switch (scope) {
            case TREE -> tree();
            case PROCESS -> ProcessMemory.of(libc, primary.pid());
            case CGROUP -> new GroupGauge(libc);
        });
    }

    /** Whatever descends from us is the service's, but for the sub-processes: daemons that have left everything too. */
    private MemoryGauge tree() {
        TreeMemory tree = TreeMemory.below(libc, (int) libc.getpid());
        for (int pid : subProcesses.pids()) {
            tree.except(pid);
        }
        return tree;
    }

    /** A sub-process has been started meanwhile. */
    void leaveOut(int subProcess) {
        if (gauge.isPresent() && gauge.get() instanceof TreeMemory tree) {
            tree.except(subProcess);
        }
    }

    /** It is over. */
    void end() {
        if (gauge.isPresent()) {
            gauge.get().close();
            gauge = Optional.empty();
        }
    }

    /**
     * In the same control group the kernel kills for our memory too, which in a small container is more than lies between
     * the hard limit and the limit itself.
     */
    private long own() {
        return sharesLimit && scope == WatchdogScope.TREE ? OwnMemory.unreclaimable(libc) : 0;
    }

    /** As the watchdog asks for it; negative where nothing can be read. */
    long measure(long exactFromBytes) {
        try {
            if (gauge.isEmpty()) {
                return UNREADABLE;
            }
            long own = own();
            long service = gauge.get().measure(exactFromBytes - own).bytes();
            return service < 0 ? UNREADABLE : service + own;
        } catch (LinuxException shortage) {
            return UNREADABLE;
        }
    }
}
