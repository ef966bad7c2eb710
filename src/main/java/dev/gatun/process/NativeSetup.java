package dev.gatun.process;

import dev.gatun.linux.Accounts;
import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.Libc;
import dev.gatun.linux.NumaTopology;
import dev.gatun.linux.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the setup of a child of ours from {@link LaunchOptions}. Reads accounts and nodes anew, since they change. */
final class NativeSetup {

    private final Libc libc;
    private final List<CString> inherited;

    /** @param inherited the environment that a child gets from us, {@code NAME=value} */
    NativeSetup(Libc libc, List<CString> inherited) {
        this.libc = libc;
        this.inherited = List.copyOf(inherited);
    }

    /** @throws IllegalArgumentException with one sentence for what is not there or cannot be understood */
    ProcessSetup of(LaunchOptions options) {
        List<CString> environment = environment(options);
        CString program = find(options.program(), environment);
        ProcessSetup setup = new ProcessSetup(program, arguments(options), environment)
                .grouping(ProcessSetup.Grouping.PROCESS_GROUP)
                .limits(options.rlimits())
                .parentDeathSignal(options.diesWithLauncher() ? Optional.of(Signal.KILL) : Optional.empty());
        options.workingDirectory().map(CString::of).ifPresent(setup::workingDirectory);
        options.cgroup().ifPresent(folder -> setup.cgroups(List.of(CString.of(folder + "/cgroup.procs"))));
        options.bind().ifPresent(bind -> bind(BindPlan.of(bind, new NumaTopology(libc)), setup));
        options.user().ifPresent(user -> setup.credentials(
                Accounts.read(libc).credentials(user.user(), user.group())));
        return setup;
    }

    private static void bind(BindPlan plan, ProcessSetup setup) {
        plan.processors().ifPresent(setup::processors);
        plan.memoryNodes().ifPresent(setup::memoryNodes);
    }

    private static List<CString> arguments(LaunchOptions options) {
        List<CString> arguments = new ArrayList<>(options.arguments().size() + 1);
        arguments.add(CString.of(options.argument0().orElse(options.program())));
        for (String argument : options.arguments()) {
            arguments.add(CString.of(argument));
        }
        return arguments;
    }

    private List<CString> environment(LaunchOptions options) {
        Map<String, String> own = options.variables();
        List<CString> environment =
                new ArrayList<>(own.size() + (options.inheritsEnvironment() ? inherited.size() : 0));
        if (options.inheritsEnvironment()) {
            for (CString entry : inherited) {
                int equals = entry.indexOf('=');
                if (own.isEmpty() || equals < 0 || !own.containsKey(entry.substring(0, equals).toString())) {
                    environment.add(entry);
                }
            }
        }
        own.forEach((name, value) -> environment.add(CString.of(name + "=" + value)));
        return environment;
    }

    private CString find(String program, List<CString> environment) {
        return switch (CommandPath.find(libc, CString.of(program), environment)) {
            case CommandPath.Executable found -> found.path();
            case CommandPath.NotExecutable found ->
                throw new IllegalArgumentException("program " + found.path() + " is not executable");
            case CommandPath.Missing missing ->
                throw new IllegalArgumentException("program " + program + " is not in any folder of PATH");
        };
    }
}
