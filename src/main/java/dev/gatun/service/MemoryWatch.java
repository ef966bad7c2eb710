package dev.gatun.service;

import dev.gatun.lifecycle.Afterwards;
import dev.gatun.lifecycle.Event;
import dev.gatun.linux.Libc;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.OomEvidence;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.service.config.WatchdogAction;
import dev.gatun.service.config.WatchdogSettings;
import dev.gatun.service.dump.DumpPlan;
import dev.gatun.service.dump.DumpResult;
import dev.gatun.service.dump.MemoryDump;
import dev.gatun.service.launch.ByteText;
import dev.gatun.service.launch.MemoryPlan;
import dev.gatun.service.watchdog.MemoryWatchdog;
import dev.gatun.service.watchdog.Thresholds;
import java.util.Optional;

/** Watches the memory of the primary process and does what the configuration says about it. For the loop's thread. */
final class MemoryWatch implements MemoryWatchdog.Listener {

    private static final String MARK = "[watchdog] ";

    private final Libc libc;
    private final EventLoop loop;
    private final Log log;
    private final OomEvidence oom;
    private final WatchdogSettings settings;
    private final SupervisedProcess primary;
    private final MemoryDump dump;
    private final Optional<MemoryWatchdog> watchdog;
    private final Optional<ServiceGauge> gauge;
    private final Optional<Thresholds> thresholds;
    private Optional<MemoryAlarm> alarm = Optional.empty();
    private boolean triggered;
    private boolean suspectsKill;

    MemoryWatch(
            Libc libc, EventLoop loop, Log log, ServicePlan plan, Supervisor supervisor, SupervisedProcess primary,
            SubProcesses subProcesses) {
        this.libc = libc;
        this.loop = loop;
        this.log = log;
        this.oom = new OomEvidence(libc, CgroupMembership.own(libc));
        this.settings = plan.config().watchdog();
        this.primary = primary;
        this.dump = new MemoryDump(libc, loop, supervisor, DumpPlan.of(
                settings.dump(), plan.config().type(), plan.distRoot().path(), plan.primary().name(),
                plan.primary().environment().entries()));
        if (!plan.watchesMemory()) {
            watchdog = Optional.empty();
            gauge = Optional.empty();
            thresholds = Optional.empty();
            return;
        }
        MemoryPlan.Managed memory = (MemoryPlan.Managed) plan.memory();
        Thresholds amounts = Thresholds.of(memory.limitBytes(), settings.recoverPercent(),
                settings.softLimitPercent(), settings.hardLimitPercent());
        ServiceGauge measuring = new ServiceGauge(
                libc, settings.scope(), plan.sharesLimit(), primary, subProcesses);
        MemoryWatchdog watching = new MemoryWatchdog(
                plan.primary().name(), loop, exactFromBytes -> sample(measuring, exactFromBytes), amounts,
                settings.poll(), this);
        thresholds = Optional.of(amounts);
        gauge = Optional.of(measuring);
        watchdog = Optional.of(watching);
    }

    private long sample(ServiceGauge measuring, long exactFromBytes) {
        lookForKilledWorkers();
        return measuring.measure(exactFromBytes);
    }

    /**
     * Who outlives a kill that was counted was not its victim: that was a worker, and it is no evidence when the service
     * itself is killed later. Only at the second look: at the first the exit may be on its way to us.
     */
    private void lookForKilledWorkers() {
        OomEvidence.Finding finding = oom.look();
        boolean counted = finding.verdict() == OomEvidence.Verdict.OOM_KILLED;
        if (counted && suspectsKill) {
            log.warn("the kernel has killed a process of the service, out of memory", "evidence", finding.evidence());
            oom.renew();
        }
        suspectsKill = counted && !suspectsKill;
    }

    /**
     * Asks the kernel for a trigger, and tells the launch sequence what is watched. Not before the process runs: to
     * register a threshold takes 15 ms, in which the kernel waits for all its processors.
     */
    String open() {
        if (thresholds.isEmpty()) {
            return "off";
        }
        Thresholds amounts = thresholds.get();
        if (settings.trigger()) {
            alarm = Optional.of(new MemoryAlarm(libc, loop, log, amounts.hardBytes(), watchdog.get()::look));
        }
        return "soft limit " + ByteText.of(amounts.softBytes()) + ", hard limit " + ByteText.of(amounts.hardBytes())
                + ", scope " + settings.scope().text() + ", every " + seconds(settings.poll().toMillis())
                + ", grace " + seconds(settings.grace().toMillis()) + ", " + settings.action().text()
                + (alarm.isPresent() ? ", " + alarm.get().describe() : "");
    }

    private static String seconds(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** A run of the primary process has begun. */
    void runStarted() {
        oom.renew();
        suspectsKill = false;
        if (watchdog.isPresent()) {
            gauge.get().begin();
            watchdog.get().start();
        }
    }

    /** A sub-process has been started, whose memory is not the service's. */
    void leaveOut(int subProcess) {
        if (gauge.isPresent()) {
            gauge.get().leaveOut(subProcess);
        }
    }

    /** It is over. */
    void runEnded() {
        dump.cancel();
        if (watchdog.isPresent()) {
            watchdog.get().stop();
            gauge.get().end();
        }
    }

    /** What says that the OOM killer was at work, now that KILL has ended the process. */
    String oomEvidence() {
        OomEvidence.Finding finding = oom.look();
        return switch (finding.verdict()) {
            case OOM_KILLED -> finding.evidence();
            case LIKELY -> "likely: " + finding.evidence();
            case NO -> "";
        };
    }

    /** The last sample; negative where there is none. */
    long lastBytes() {
        return watchdog.isPresent() ? watchdog.get().lastBytes() : -1;
    }

    /** Whether the primary process was ever stopped for its memory. */
    boolean triggered() {
        return triggered;
    }

    /** The stop for the limit's sake has come to KILL. */
    void graceExpired() {
        log.warn(MARK + "Grace period of " + seconds(settings.grace().toMillis()) + " expired: KILL to the whole tree");
    }

    void close() {
        runEnded();
        if (alarm.isPresent()) {
            alarm.get().close();
        }
    }

    @Override
    public void onWarning(long bytes, Thresholds amounts) {
        log.warn(MARK + "SOFT WARNING: " + of(bytes, amounts) + "; at " + ByteText.of(amounts.hardBytes())
                + " the service is stopped", "rss", bytes, "limit", amounts.limitBytes());
    }

    @Override
    public void onRecovered(long bytes, Thresholds amounts) {
        log.info(MARK + "RSS recovered: " + of(bytes, amounts), "rss", bytes, "limit", amounts.limitBytes());
    }

    @Override
    public void onUnreadable() {
        log.warn(MARK + "the memory of the service cannot be read; trying again");
    }

    @Override
    public void onExceeded(long bytes, Thresholds amounts) {
        triggered = true;
        log.error(MARK + "HARD LIMIT EXCEEDED: " + of(bytes, amounts) + "; " + settings.action().text(),
                "rss", bytes, "limit", amounts.limitBytes());
        if (settings.action() == WatchdogAction.DUMP) {
            dump.begin(primary.pid(), result -> {
                if (result instanceof DumpResult.Failed) {
                    log.warn(MARK + "no dump: " + result.describe());
                } else {
                    log.info(MARK + "dump " + result.describe());
                }
                stop(bytes, amounts);
            });
        } else {
            stop(bytes, amounts);
        }
    }

    private void stop(long bytes, Thresholds amounts) {
        watchdog.get().terminating();
        Afterwards afterwards =
                settings.action() == WatchdogAction.RESTART ? Afterwards.POLICY : Afterwards.NEVER;
        primary.limitExceeded(new Event.LimitExceeded(
                bytes, amounts.hardBytes(), afterwards, Optional.of(settings.grace())));
    }

    private static String of(long bytes, Thresholds amounts) {
        long tenths = Math.round(10 * amounts.percentOfLimit(bytes));
        return ByteText.of(bytes) + " of " + ByteText.of(amounts.limitBytes()) + " (" + tenths / 10 + "." + tenths % 10
                + "%)";
    }
}
