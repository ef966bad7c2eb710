package dev.gatun.run;

import dev.gatun.linux.Accounts;
import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.DescriptorTable;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.proc.ProcStatus;
import dev.gatun.process.InheritedEnvironment;
import dev.gatun.process.ProcessSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** Turns what a run is told into what its child will be like: names into numbers, the command into a file. */
final class RunPlan {

    private final Libc libc;
    private final RunOptions options;

    RunPlan(Libc libc, RunOptions options) {
        this.libc = libc;
        this.options = options;
    }

    /**
     * The child's set-up, but for its place at the terminal.
     *
     * @param inPlace we become the command ourselves, so that our pid is its pid
     * @throws LaunchRefused with the sentence for the user
     */
    ProcessSetup setup(boolean inPlace) {
        RunOptions.Child child = options.child();
        List<CString> environment = child.environment().apply(InheritedEnvironment.read(libc));
        CString program = executable(environment);
        ProcessSetup setup = inPlace || !socketsAreForUs(environment)
                ? new ProcessSetup(program, options.command(), environment)
                : forSockets(program, options.command(), environment);
        setup.grouping(grouping(child.place()));
        setup.limits(child.limits());
        if (child.user().isPresent() || child.groups().isPresent()) {
            new Identity(Accounts.read(libc)).apply(child.user(), child.groups(), setup);
        }
        setup.noNewPrivileges(child.noNewPrivileges()).dropCapabilities(child.droppedCapabilities());
        ifPresent(child.umask(), setup::umask);
        ifPresent(child.oomScoreAdjustment(), setup::oomScoreAdjustment);
        ifPresent(child.nice(), setup::nice);
        if (child.workingDirectory().isPresent()) {
            setup.workingDirectory(child.workingDirectory().get());
        }
        setup.parentDeathSignal(child.diesWithUs() ? Optional.of(Signal.KILL) : Optional.empty());
        // As if we were not there: 3<file, socket activation.
        setup.keepDescriptors(DescriptorTable.inherited(libc));
        setup.leaveSignals(untouchedSignals(child)).blockSignals(child.blocked());
        return setup;
    }

    private static ProcessSetup.Grouping grouping(RunOptions.Place place) {
        return switch (place) {
            case SHELL_JOB, FOREGROUND, FOREGROUND_OF_INPUT -> ProcessSetup.Grouping.PROCESS_GROUP;
            case SESSION -> ProcessSetup.Grouping.SESSION;
            case SHARED_GROUP -> ProcessSetup.Grouping.SHARED;
        };
    }

    private static void ifPresent(OptionalInt value, IntConsumer setter) {
        if (value.isPresent()) {
            setter.accept(value.getAsInt());
        }
    }

    private CString executable(List<CString> environment) {
        CString command = options.command().getFirst();
        CommandPath.Found found = CommandPath.find(libc, command, environment);
        if (found instanceof CommandPath.Executable executable) {
            return executable.path();
        }
        if (found instanceof CommandPath.NotExecutable file) {
            throw new LaunchRefused(
                    LaunchRefused.NOT_EXECUTABLE, file.path() + " is a folder, or a file that is not executable");
        }
        String where = command.isEmpty() ? "the command is empty" : command + " is in no folder of PATH";
        throw new LaunchRefused(LaunchRefused.NOT_FOUND, where);
    }

    /** What our caller ignores of those that may stay ignored. */
    private SignalSet untouchedSignals(RunOptions.Child child) {
        Optional<ProcStatus> status = ProcStatus.read(libc, "/proc/self/status");
        if (status.isEmpty()) {
            return SignalSet.NONE;
        }
        return status.get().ignored().intersection(child.staysIgnored());
    }

    /**
     * Socket activation names the process that the sockets are for (sd_listen_fds(3)). Where that is us, it has to be the
     * child, whose pid nobody knows before it exists, and whose environment nobody can change afterwards but itself. So
     * a shell in between says its own pid and becomes the command.
     */
    private static ProcessSetup forSockets(CString program, List<CString> command, List<CString> environment) {
        List<CString> words =
                new ArrayList<>(CString.listOf("sh", "-c", "export LISTEN_PID=$$; exec \"$0\" \"$@\""));
        words.add(program);
        words.addAll(command.subList(1, command.size()));
        return new ProcessSetup(CString.of("/bin/sh"), words, environment);
    }

    private boolean socketsAreForUs(List<CString> environment) {
        Optional<CString> listenPid = CommandPath.variable(environment, "LISTEN_PID");
        return listenPid.isPresent() && listenPid.get().toString().equals(Long.toString(libc.getpid()));
    }
}
