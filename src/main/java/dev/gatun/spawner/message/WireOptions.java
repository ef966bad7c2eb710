package dev.gatun.spawner.message;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Rlimit;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.ProcBind;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** {@link LaunchOptions} as they stand in a message. */
public record WireOptions(
        @Description("For the variable HYPERACTOR_MESH_BOOTSTRAP_MODE") Optional<String> bootstrapPayload,
        @Description("For the variable HYPERACTOR_PROCESS_NAME") Optional<String> processName,
        @Description("What to execute") String program,
        @Description("The name it is called by; null: the last part of program") Optional<String> arg0,
        @Description("Its arguments, without that name") List<String> args,
        @Description("Its environment") Map<String, String> env,
        @Description("Whether env is added to the environment of the spawner") boolean inheritEnv,
        @Description("Whether Gatun wants the output") boolean wantStdio,
        @Description("How many of the last lines of standard error the exit carries; 0 for none") int tailLines,
        @Description("For the variable BOOTSTRAP_LOG_CHANNEL") Optional<String> logChannel,
        @Description("Processors and memory to bind to") Optional<Bind> procBind,
        @Description("What it may use") Limits limits,
        @Description("The working directory") Optional<String> cwd,
        @Description("The user, a name or a number") Optional<String> user,
        @Description("The group, a name or a number") Optional<String> group,
        @Description("The control group to enter") Optional<String> cgroup,
        @Description("What only this spawner understands") Map<String, String> settings) {

    /** Each a list such as {@code 0-3,8}. */
    public record Bind(
            @Description("The NUMA nodes whose processors it may run on") Optional<String> cpunodebind,
            @Description("The NUMA nodes that its memory comes from") Optional<String> membind,
            @Description("The processors it may run on") Optional<String> physcpubind,
            @Description("The processors it may run on, without NUMA") Optional<String> cpus) {}

    /** For the process and its descendants together, but for {@code rlimits}. */
    public record Limits(
            @Description("Memory") OptionalLong memoryBytes,
            @Description("Processors, a fraction is allowed") OptionalDouble processors,
            @Description("Processes and threads at a time") OptionalLong processes,
            @Description("Limits of setrlimit(2), for each process by itself") List<Resource> rlimits) {
        public Limits {
            rlimits = List.copyOf(rlimits);
        }
    }

    /** A limit of setrlimit(2). */
    public record Resource(
            @Description("Such as nofile") String resource,
            @Description("The limit in force; null for unlimited") OptionalLong soft,
            @Description("How far it may be raised; null for unlimited") OptionalLong hard) {}

    public WireOptions {
        requireNonNull(program, "program");
        requireNonNull(limits, "limits");
        args = List.copyOf(args);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public static WireOptions of(LaunchOptions options) {
        return new WireOptions(
                options.bootstrapPayload(),
                options.processName(),
                options.program(),
                options.argument0(),
                options.arguments(),
                options.environment(),
                options.inheritsEnvironment(),
                options.wantsOutput(),
                options.tailLines(),
                options.logChannel(),
                options.bind().map(WireOptions::bind),
                limits(options.limits(), options.rlimits()),
                options.workingDirectory(),
                options.user().map(ProcUser::user),
                options.user().flatMap(ProcUser::group),
                options.cgroup(),
                options.settings());
    }

    private static Bind bind(ProcBind bind) {
        return new Bind(bind.nodesForProcessors(), bind.nodesForMemory(), bind.processors(), bind.cpus());
    }

    private static Limits limits(ResourceLimits limits, List<Rlimit> rlimits) {
        return new Limits(
                limits.memoryBytes(),
                limits.processors(),
                limits.processes(),
                rlimits.stream().map(WireOptions::resource).toList());
    }

    private static Resource resource(Rlimit limit) {
        return new Resource(
                limit.resource().name().toLowerCase(Locale.ROOT), number(limit.soft()), number(limit.hard()));
    }

    private static OptionalLong number(long limit) {
        return limit == Rlimit.UNLIMITED ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    /** Never with values of the environment or the payload, which may be secrets. */
    @Override
    public String toString() {
        return "WireOptions[" + program + ", " + args.size() + " arguments, " + env.keySet() + "]";
    }
}
