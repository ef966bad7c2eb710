package dev.gatun.cli;

import static dev.gatun.cli.RunOptionTable.*;

import dev.gatun.lifecycle.Backoff;
import dev.gatun.lifecycle.ExitMapping;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.run.EnvironmentChanges;
import dev.gatun.run.Run;
import dev.gatun.run.RunOptions;
import java.util.List;
import java.util.Optional;

/** {@code gatun run [OPTIONS] [--] CMD [ARG…]}. */
final class RunCommand {

    private static final int MAX_RESTARTS_LIMIT = 1_000_000;

    /** What makes no sense when there is no gatun left to do it. */
    private static final List<Option> NOT_WITH_EXEC = List.of(
            GROUP,
            REWRITE,
            STOP_SIGNAL,
            STOP_TIMEOUT,
            DRAIN,
            SUBREAPER,
            NO_SUBREAPER,
            WAIT_ALL,
            KILL_REST,
            MAP_EXIT,
            RESTART,
            MAX_RESTARTS,
            BACKOFF,
            PID_FILE,
            NO_PDEATHSIG);

    private final Libc libc;
    private final Console console;

    RunCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    int execute(List<CString> words) {
        ParsedOptions parsed = RunOptionTable.table().parse(words);
        if (parsed.has(HELP)) {
            console.print(Help.forRun());
            return 0;
        }
        Run run = new Run(libc, options(parsed));
        if (parsed.has(EXPLAIN)) {
            return explain(run);
        }
        return parsed.has(EXEC) ? run.becomeCommand() : run.supervise();
    }

    private int explain(Run run) {
        for (String line : run.explain()) {
            console.print(line + "\n");
        }
        return 0;
    }

    RunOptions options(ParsedOptions parsed) {
        refuseContradictions(parsed);
        if (parsed.operands().isEmpty()) {
            throw new UsageError("no command given: gatun run [OPTIONS] [--] CMD [ARG…]");
        }
        OptionValues values = new OptionValues(parsed);
        return new RunOptions(
                "gatun", parsed.operands(), policy(parsed, values), signals(parsed, values), child(parsed, values),
                launcher(parsed, values));
    }

    private static void refuseContradictions(ParsedOptions parsed) {
        refuseBoth(parsed, SUBREAPER, NO_SUBREAPER);
        refuseBoth(parsed, WAIT_ALL, NO_SUBREAPER);
        refuseBoth(parsed, KILL_REST, NO_SUBREAPER);
        if (parsed.has(EXEC)) {
            for (Option option : NOT_WITH_EXEC) {
                if (parsed.has(option)) {
                    throw new UsageError(
                            "--exec leaves nobody behind to do what " + option.displayName() + " asks for");
                }
            }
        }
        boolean restarts = !parsed.text(RESTART).orElse("no").equals("no");
        for (Option option : List.of(MAX_RESTARTS, BACKOFF)) {
            if (parsed.has(option) && !restarts) {
                throw new UsageError(option.displayName() + " needs --restart on-failure or --restart always");
            }
        }
    }

    private static void refuseBoth(ParsedOptions parsed, Option one, Option other) {
        if (parsed.has(one) && parsed.has(other)) {
            throw new UsageError(one.displayName() + " and " + other.displayName() + " contradict each other");
        }
    }

    private Policy policy(ParsedOptions parsed, OptionValues values) {
        StopLadder ladder = StopLadder.DEFAULT;
        Optional<Signal> stopSignal = values.signal(STOP_SIGNAL);
        if (stopSignal.isPresent()) {
            ladder = ladder.withSignal(stopSignal.get().number());
        }
        if (parsed.has(STOP_TIMEOUT)) {
            ladder = ladder.withTimeout(values.duration(STOP_TIMEOUT).get());
        }
        if (parsed.has(DRAIN)) {
            ladder = ladder.withDrain(values.duration(DRAIN).get());
        }
        if (parsed.has(GROUP)) {
            ladder = ladder.withTarget(dev.gatun.lifecycle.Target.GROUP);
        }
        RestartPolicy restart = values.restart(RESTART, values.number(MAX_RESTARTS, 0, MAX_RESTARTS_LIMIT));
        Backoff backoff = values.backoff(BACKOFF);
        return Policy.DEFAULT
                .withStop(ladder)
                .withRestart(restart)
                .withBackoff(backoff)
                .withRest(rest(parsed))
                .withExitMapping(exitMapping(parsed));
    }

    /** Where orphans go elsewhere there is nobody to wait for. Both --wait-all and --kill-rest: end them, and wait. */
    private Rest rest(ParsedOptions parsed) {
        if (parsed.has(NO_SUBREAPER) && libc.getpid() != 1) {
            return Rest.LEAVE;
        }
        return parsed.has(WAIT_ALL) && !parsed.has(KILL_REST) ? Rest.WAIT : Rest.END;
    }

    private static ExitMapping exitMapping(ParsedOptions parsed) {
        if (!parsed.has(MAP_EXIT)) {
            return ExitMapping.IDENTITY;
        }
        try {
            return ExitMapping.parse(parsed.texts(MAP_EXIT));
        } catch (IllegalArgumentException problem) {
            throw new UsageError("--map-exit " + problem.getMessage());
        }
    }

    private static RunOptions.Signals signals(ParsedOptions parsed, OptionValues values) {
        return new RunOptions.Signals(parsed.has(GROUP), values.rewrites(REWRITE), true, false, false);
    }

    private RunOptions.Child child(ParsedOptions parsed, OptionValues values) {
        Optional<List<String>> groups = parsed.has(GROUPS)
                ? Optional.of(List.of(parsed.text(GROUPS).get().split(",")))
                : Optional.empty();
        Optional<CString> folder =
                parsed.has(CWD) ? Optional.of(parsed.raw(CWD).getLast()) : Optional.empty();
        return new RunOptions.Child(
                RunOptions.Place.SHELL_JOB,
                new EnvironmentChanges(parsed.has(CLEAR_ENV), values.environment(ENV_FILE, ENV, libc)),
                values.limits(RLIMIT),
                parsed.text(USER),
                groups,
                parsed.has(NO_NEW_PRIVS),
                values.capabilities(CAP_DROP),
                values.octal(UMASK, 0777),
                folder,
                values.number(OOM_SCORE_ADJ, -1000, 1000),
                values.number(NICE, -20, 19),
                !parsed.has(NO_PDEATHSIG),
                RunOptions.Child.HUP_STAYS_IGNORED,
                SignalSet.NONE);
    }

    private static RunOptions.Launcher launcher(ParsedOptions parsed, OptionValues values) {
        RunOptions.Subreaper subreaper = parsed.has(SUBREAPER)
                ? RunOptions.Subreaper.YES
                : parsed.has(NO_SUBREAPER) ? RunOptions.Subreaper.NO : RunOptions.Subreaper.AUTOMATIC;
        Optional<CString> pidFile =
                parsed.has(PID_FILE) ? Optional.of(parsed.raw(PID_FILE).getLast()) : Optional.empty();
        return new RunOptions.Launcher(
                subreaper,
                values.signal(PARENT_DEATH_SIGNAL),
                pidFile,
                false,
                false,
                values.logFormat(LOG_FORMAT),
                values.logLevel(LOG_LEVEL, VERBOSE));
    }
}
