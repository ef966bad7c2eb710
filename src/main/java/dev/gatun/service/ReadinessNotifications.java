package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.UnixAddress;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.probe.Notification;
import dev.gatun.probe.NotifySocket;
import dev.gatun.probe.NotifyWatchdog;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.service.readiness.Readiness;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Hears from the service itself how it is, by sd_notify(3). For the loop's thread. */
final class ReadinessNotifications implements ReadinessSource, NotifySocket.Listener {

    /** Nobody has a longer line of ancestors below us; pids are reused while we look. */
    private static final int MAX_GENERATIONS = 64;

    /** Who asks for more wants no end at all. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Libc libc;
    private final Log log;
    private final Readiness readiness;
    private final Duration watchdogInterval;
    private final NotifySocket socket;
    private final NotifyWatchdog watchdog;
    private Optional<SupervisedProcess> process = Optional.empty();

    /** Opens the socket. An abstract address leaves nothing behind, and needs no folder that the service may write to. */
    ReadinessNotifications(Libc libc, EventLoop loop, Log log, ServicePlan plan, Duration watchdogInterval,
            Readiness readiness) {
        this.libc = libc;
        this.log = log;
        this.readiness = readiness;
        this.watchdogInterval = watchdogInterval;
        UnixAddress address = UnixAddress.parse("@gatun/" + plan.primary().name() + "/" + libc.getpid());
        this.socket = NotifySocket.open(libc, loop, address, this::isOurs, this);
        this.watchdog = new NotifyWatchdog(loop, this::onSilence);
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("NOTIFY_SOCKET", socket.address().toString());
        if (!watchdogInterval.isZero()) {
            variables.put("WATCHDOG_USEC", Long.toString(watchdogInterval.toNanos() / 1000));
        }
        return variables;
    }

    @Override
    public String describe() {
        return "it says so itself";
    }

    /** Whether a process descends from us: of the service's processes nobody else does. */
    private boolean isOurs(int pid) {
        int own = (int) libc.getpid();
        int ancestor = pid;
        for (int generation = 0; generation < MAX_GENERATIONS && ancestor > 0; generation++) {
            Optional<ProcStat> stat = ProcStat.read(libc, ancestor);
            if (stat.isEmpty()) {
                return false;
            }
            ancestor = stat.get().parent();
            if (ancestor == own) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void start(SupervisedProcess run) {
        process = Optional.of(run);
        watchdog.start(watchdogInterval);
    }

    @Override
    public void stop() {
        process = Optional.empty();
        watchdog.stop();
    }

    @Override
    public void onNotification(int senderPid, Notification notification) {
        watchdog.onNotification(notification);
        switch (notification.kind()) {
            case READY -> {
                if (process.isPresent()) {
                    process.get().becameReady();
                    readiness.ready();
                }
            }
            case RELOADING -> readiness.notReady("it is reloading");
            case STOPPING -> readiness.notReady("it says that it is stopping");
            case STATUS -> log.info("status of the service", "status", ((Notification.Status) notification).text());
            case ERROR_NUMBER, BUS_ERROR -> log.warn("the service tells of a failure", "what", notification);
            case EXTEND_TIMEOUT -> {
                Duration time = ((Notification.ExtendTimeout) notification).time();
                if (process.isPresent()) {
                    process.get().moreTime(time.compareTo(LONGEST) < 0 ? time : LONGEST);
                }
            }
            case MAIN_PID, WATCHDOG, WATCHDOG_TRIGGER, WATCHDOG_INTERVAL ->
                log.debug("the service says", "what", notification);
        }
    }

    @Override
    public void onProblem(String problem) {
        log.warn("notification", "problem", problem);
    }

    private void onSilence(String reason) {
        if (process.isPresent()) {
            log.error("the service is past help", "reason", reason);
            process.get().probeFailed(reason);
        }
    }

    @Override
    public void close() {
        stop();
        socket.close();
    }
}
