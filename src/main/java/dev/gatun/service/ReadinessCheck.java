package dev.gatun.service;

import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.Libc;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.probe.Check;
import dev.gatun.probe.ExecCheck;
import dev.gatun.probe.HttpCheck;
import dev.gatun.probe.ProbeSchedule;
import dev.gatun.probe.Prober;
import dev.gatun.probe.StatusRange;
import dev.gatun.probe.TcpCheck;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Redirect;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.process.Supervisor;
import dev.gatun.service.config.CheckSettings;
import dev.gatun.service.readiness.Readiness;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Asks the service again and again whether it can work. For the loop's thread. */
final class ReadinessCheck implements ReadinessSource, Prober.Listener {

    private static final int JITTER_PERCENT = 10;

    private final Log log;
    private final Readiness readiness;
    private final CheckSettings settings;
    private final Prober prober;
    private SupervisedProcess process;

    /** @throws IllegalArgumentException with one sentence where something cannot be asked for */
    ReadinessCheck(
            Libc libc, EventLoop loop, Log log, ServicePlan plan, CheckSettings settings, Supervisor supervisor,
            Readiness readiness) {
        this.log = log;
        this.readiness = readiness;
        this.settings = settings;
        ProbeSchedule schedule = new ProbeSchedule(
                settings.initialDelay(), settings.interval(), settings.timeout(), settings.startup(),
                settings.successThreshold(), settings.failureThreshold(), JITTER_PERCENT);
        this.prober = new Prober(plan.primary().name(), loop, check(libc, loop, plan, supervisor), schedule,
                () -> ThreadLocalRandom.current().nextDouble(), this);
    }

    private Check check(Libc libc, EventLoop loop, ServicePlan plan, Supervisor supervisor) {
        return switch (settings.kind().way()) {
            case HTTP -> {
                CheckSettings.Http http = (CheckSettings.Http) settings.kind();
                yield new HttpCheck(
                        libc, loop, InternetAddress.parse(http.host(), http.port()), http.path(), StatusRange.NO_ERROR);
            }
            case TCP -> {
                CheckSettings.Tcp tcp = (CheckSettings.Tcp) settings.kind();
                yield new TcpCheck(libc, loop, InternetAddress.parse(tcp.host(), tcp.port()));
            }
            case EXEC -> {
                List<String> command = ((CheckSettings.Exec) settings.kind()).command();
                yield new ExecCheck(supervisor, loop, command.getFirst(), setup(libc, plan, command));
            }
            case NOTIFY -> throw new IllegalArgumentException("nobody asks where notify is true");
        };
    }

    /** A command of the check has the service's environment and folder, and nobody reads what it says. */
    private static ProcessSetup setup(Libc libc, ServicePlan plan, List<String> command) {
        List<CString> words = CString.listOf(command.toArray(String[]::new));
        CommandPath.Found found = CommandPath.find(libc, words.getFirst(), plan.primary().environment().entries());
        CString program = found instanceof CommandPath.Executable executable ? executable.path() : words.getFirst();
        return new ProcessSetup(program, words, plan.primary().environment().entries())
                .streams(new Redirect.Discard(), new Redirect.Discard(), new Redirect.Discard())
                .workingDirectory(plan.distRoot().path());
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public String describe() {
        return switch (settings.kind().way()) {
            case HTTP -> {
                CheckSettings.Http http = (CheckSettings.Http) settings.kind();
                yield "GET http://" + http.host() + ":" + http.port() + http.path() + " says so";
            }
            case TCP -> {
                CheckSettings.Tcp tcp = (CheckSettings.Tcp) settings.kind();
                yield tcp.host() + ":" + tcp.port() + " accepts connections";
            }
            case EXEC -> ((CheckSettings.Exec) settings.kind()).command().getFirst() + " exits with 0";
            case NOTIFY -> "it says so itself";
        };
    }

    @Override
    public void start(SupervisedProcess run) {
        process = run;
        prober.start();
    }

    @Override
    public void stop() {
        prober.stop();
    }

    @Override
    public void onReady() {
        // The first time in a run it is the core that says so; afterwards the core knows already.
        process.becameReady();
        readiness.ready();
    }

    @Override
    public void onNotReady(String reason) {
        log.warn("readiness check failed", "reason", reason);
        readiness.notReady(reason);
    }

    @Override
    public void close() {
        prober.stop();
    }
}
