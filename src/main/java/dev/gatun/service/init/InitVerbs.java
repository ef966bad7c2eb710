package dev.gatun.service.init;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.service.instance.Presence;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What an init script is asked for. Each verb answers with its exit code: 0 done, 1 failed, 4 where there can be no log;
 * those of {@link #status} are the Linux Standard Base's. For one thread, which waits.
 */
public final class InitVerbs {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int NO_LOG = 4;

    /** How long a process may take until it runs. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(30);

    private final Libc libc;
    private final InitConfiguration configuration;
    private final Launchers launchers;
    private final InitOutput output;
    private final StartupLogs logs;
    private final Duration startTimeout;
    private final Duration stopTimeout;

    /**
     * The verbs for one service.
     *
     * @param distRoot absolute
     * @param stopTimeout from the request to stop to KILL of the whole tree
     */
    public InitVerbs(
            Libc libc, String distRoot, InitConfiguration configuration, Launchers launchers, InitOutput output,
            Duration stopTimeout) {
        this(libc, distRoot, configuration, launchers, output, START_TIMEOUT, stopTimeout);
    }

    InitVerbs(
            Libc libc, String distRoot, InitConfiguration configuration, Launchers launchers, InitOutput output,
            Duration startTimeout, Duration stopTimeout) {
        this.libc = requireNonNull(libc);
        this.configuration = requireNonNull(configuration);
        this.launchers = requireNonNull(launchers);
        this.output = requireNonNull(output);
        this.logs = new StartupLogs(libc, requireNonNull(distRoot));
        this.startTimeout = requireNonNull(startTimeout);
        this.stopTimeout = requireNonNull(stopTimeout);
    }

    /**
     * Starts each process that does not run, and waits until they do.
     *
     * @return 0 when all run, those included that ran before; 1 otherwise
     */
    public int start() {
        return withProcesses(processes -> {
            try (StartSession session = new StartSession(libc, launchers, logs, output, startTimeout)) {
                return session.run(processes);
            }
        });
    }

    /**
     * Stops each process that runs, with all that it has started, and removes the pid files.
     *
     * @return 0 when none runs any more, by force or not; 1 otherwise
     */
    public int stop() {
        return withProcesses(processes -> {
            try (StopSession session = new StopSession(libc, logs, output, stopTimeout)) {
                return session.run(processes);
            }
        });
    }

    /**
     * Tells whether the service runs.
     *
     * @return 0 when all of it runs; of the others 1 when there is a pid file, 3 when there is none, 4 when it cannot be
     *     told
     */
    public int status() {
        ServiceStatus status = new ServiceStatus(output);
        try {
            logs.makeFolder();
            return status.of(configuration.read());
        } catch (InitProblem problem) {
            return status.unknown(problem.sentences());
        } catch (LinuxException shortage) {
            return status.unknown(List.of(shortage.getMessage()));
        }
    }

    /** Stops, and starts if that went well. */
    public int restart() {
        int stopped = stop();
        return stopped == DONE ? start() : stopped;
    }

    /**
     * Becomes the launcher of the service, in the foreground.
     *
     * @return 1, when it runs already or that fails
     */
    public int console() {
        return withProcesses(processes -> {
            for (ManagedProcess process : processes) {
                Presence presence = process.instance().look();
                if (presence.kind() != Presence.Kind.NOT_RUNNING) {
                    output.err(process.name() + ": " + presence.words());
                    return FAILED;
                }
            }
            output.err(launchers.become());
            return FAILED;
        });
    }

    /**
     * Runs the health check.
     *
     * @return its exit code
     */
    public int check() {
        return withProcesses(processes -> {
            String log = logs.checkLog(processes.getFirst().name());
            logs.makeEmpty(log);
            return new HealthCheck(libc, output).run(launchers, log);
        });
    }

    private int withProcesses(ToIntFunction<List<ManagedProcess>> verb) {
        try {
            logs.makeFolder();
            return verb.applyAsInt(configuration.read());
        } catch (InitProblem problem) {
            problem.sentences().forEach(output::err);
            return problem.isOfLogs() ? NO_LOG : FAILED;
        } catch (LinuxException failure) {
            output.err(failure.getMessage());
            return FAILED;
        }
    }
}
