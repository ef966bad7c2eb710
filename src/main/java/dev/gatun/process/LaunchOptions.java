package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Rlimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be launched, and what it shall be like. The same for every kind of launcher; one that cannot honour
 * something refuses the launch. Immutable, made by {@link #builder}.
 *
 * @param bootstrapPayload for the variable {@link #BOOTSTRAP_VARIABLE}
 * @param processName for the variable {@link #NAME_VARIABLE}
 * @param program what is executed; a name without a slash is looked for on PATH
 * @param argument0 the name it is called by; empty for {@code program} as it is
 * @param arguments without that name
 * @param environment by name, in its order
 * @param inheritsEnvironment whether {@code environment} is added to what the launcher itself has. A launcher that does
 *     not run beside the process, as that of containers, has nothing to add to
 * @param wantsOutput whether standard output and standard error are captured: {@link ProcOutput} says what is to be said
 *     of each then
 * @param tailLines how many of the last lines of standard error the exit carries; 0 for none
 * @param logChannel for the variable {@link #LOG_CHANNEL_VARIABLE}
 * @param bind processors and memory
 * @param limits for the process and its descendants together
 * @param rlimits for each process by itself (setrlimit(2))
 * @param workingDirectory empty for the launcher's own, or the image's
 * @param user empty for the launcher's own, or the image's
 * @param cgroup folder of a control group to enter; its maker is the caller
 * @param diesWithLauncher whether it is killed when the launcher's process ends, however that ends
 * @param settings what only one kind of launcher understands, by name: the image of a container
 */
public record LaunchOptions(
        Optional<String> bootstrapPayload,
        Optional<String> processName,
        String program,
        Optional<String> argument0,
        List<String> arguments,
        Map<String, String> environment,
        boolean inheritsEnvironment,
        boolean wantsOutput,
        int tailLines,
        Optional<String> logChannel,
        Optional<ProcBind> bind,
        ResourceLimits limits,
        List<Rlimit> rlimits,
        Optional<String> workingDirectory,
        Optional<ProcUser> user,
        Optional<String> cgroup,
        boolean diesWithLauncher,
        Map<String, String> settings) {

    public static final String BOOTSTRAP_VARIABLE = "HYPERACTOR_MESH_BOOTSTRAP_MODE";
    public static final String NAME_VARIABLE = "HYPERACTOR_PROCESS_NAME";
    public static final String LOG_CHANNEL_VARIABLE = "BOOTSTRAP_LOG_CHANNEL";

    /** What a tail has at most, since it is kept in memory for each process. */
    public static final int MAX_TAIL_LINES = 10_000;

    /** @throws IllegalArgumentException with one sentence if a value is out of range */
    public LaunchOptions {
        requireNonNull(bootstrapPayload, "bootstrapPayload");
        requireNonNull(processName, "processName");
        requireNonNull(argument0, "argument0");
        requireNonNull(logChannel, "logChannel");
        requireNonNull(bind, "bind");
        requireNonNull(limits, "limits");
        requireNonNull(workingDirectory, "workingDirectory");
        requireNonNull(user, "user");
        requireNonNull(cgroup, "cgroup");
        if (program.isEmpty()) {
            throw new IllegalArgumentException("the program has no name");
        }
        if (tailLines < 0 || tailLines > MAX_TAIL_LINES) {
            throw new IllegalArgumentException("a tail has 0 to " + MAX_TAIL_LINES + " lines, not " + tailLines);
        }
        arguments = List.copyOf(arguments);
        rlimits = List.copyOf(rlimits);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        environment.forEach(LaunchOptions::checkVariable);
        checkText("the program", program);
        arguments.forEach(argument -> checkText("an argument", argument));
    }

    private static void checkVariable(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("a variable's name has no \"=\" and is not empty: \"" + name + "\"");
        }
        checkText("a variable's name", name);
        checkText("the variable " + name, value);
    }

    /** The kernel takes such a text for one that ends there. */
    private static void checkText(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " has a zero character in it");
        }
    }

    /** A program that inherits environment and streams, ends with its launcher, and of whose errors the last 20 lines are kept. */
    public static Builder builder(String program, String... arguments) {
        return new Builder(program, List.of(arguments));
    }

    /** The variables that carry payload, name and log channel: they win over {@code environment}. */
    public Map<String, String> bootstrapVariables() {
        Map<String, String> variables = new LinkedHashMap<>();
        bootstrapPayload.ifPresent(value -> variables.put(BOOTSTRAP_VARIABLE, value));
        processName.ifPresent(value -> variables.put(NAME_VARIABLE, value));
        logChannel.ifPresent(value -> variables.put(LOG_CHANNEL_VARIABLE, value));
        return variables;
    }

    /** {@code environment} with {@link #bootstrapVariables}. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.putAll(bootstrapVariables());
        return variables;
    }

    /** What a launcher must be able to do for these options. */
    public Set<LauncherFeature> needs() {
        Set<LauncherFeature> needs = EnumSet.noneOf(LauncherFeature.class);
        need(needs, !limits.isNone(), LauncherFeature.LIMITS);
        need(needs, !rlimits.isEmpty(), LauncherFeature.RLIMITS);
        need(needs, bind.isPresent(), LauncherFeature.BINDING);
        need(needs, user.isPresent(), LauncherFeature.USER);
        need(needs, workingDirectory.isPresent(), LauncherFeature.WORKING_DIRECTORY);
        need(needs, cgroup.isPresent(), LauncherFeature.CGROUP);
        return needs;
    }

    private static void need(Set<LauncherFeature> needs, boolean isNeeded, LauncherFeature feature) {
        if (isNeeded) {
            needs.add(feature);
        }
    }

    /** Never with values of the environment or the payload, which may be secrets. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(List.of(program));
        words.addAll(arguments);
        return "LaunchOptions" + words + environment.keySet();
    }

    /** Collects options. For one thread; every method replaces what was set. */
    public static final class Builder {

        private final String program;
        private final List<String> arguments;
        private Optional<String> bootstrapPayload = Optional.empty();
        private Optional<String> processName = Optional.empty();
        private Optional<String> argument0 = Optional.empty();
        private Map<String, String> environment = Map.of();
        private boolean inheritsEnvironment = true;
        private boolean wantsOutput;
        private int tailLines = 20;
        private Optional<String> logChannel = Optional.empty();
        private Optional<ProcBind> bind = Optional.empty();
        private ResourceLimits limits = ResourceLimits.NONE;
        private List<Rlimit> rlimits = List.of();
        private Optional<String> workingDirectory = Optional.empty();
        private Optional<ProcUser> user = Optional.empty();
        private Optional<String> cgroup = Optional.empty();
        private boolean diesWithLauncher = true;
        private Map<String, String> settings = Map.of();

        private Builder(String program, List<String> arguments) {
            this.program = requireNonNull(program, "program");
            this.arguments = arguments;
        }

        public Builder bootstrapPayload(String value) {
            bootstrapPayload = Optional.of(value);
            return this;
        }

        public Builder processName(String value) {
            processName = Optional.of(value);
            return this;
        }

        public Builder argument0(String value) {
            argument0 = Optional.of(value);
            return this;
        }

        public Builder environment(Map<String, String> value) {
            environment = value;
            return this;
        }

        public Builder inheritsEnvironment(boolean value) {
            inheritsEnvironment = value;
            return this;
        }

        public Builder wantsOutput(boolean value) {
            wantsOutput = value;
            return this;
        }

        public Builder tailLines(int value) {
            tailLines = value;
            return this;
        }

        public Builder logChannel(String value) {
            logChannel = Optional.of(value);
            return this;
        }

        public Builder bind(ProcBind value) {
            bind = Optional.of(value);
            return this;
        }

        public Builder limits(ResourceLimits value) {
            limits = value;
            return this;
        }

        public Builder rlimits(List<Rlimit> value) {
            rlimits = value;
            return this;
        }

        public Builder workingDirectory(String value) {
            workingDirectory = Optional.of(value);
            return this;
        }

        public Builder user(ProcUser value) {
            user = Optional.of(value);
            return this;
        }

        public Builder cgroup(String value) {
            cgroup = Optional.of(value);
            return this;
        }

        public Builder diesWithLauncher(boolean value) {
            diesWithLauncher = value;
            return this;
        }

        public Builder settings(Map<String, String> value) {
            settings = value;
            return this;
        }

        /** @throws IllegalArgumentException with one sentence if a value is out of range */
        public LaunchOptions build() {
            return new LaunchOptions(
                    bootstrapPayload,
                    processName,
                    program,
                    argument0,
                    arguments,
                    environment,
                    inheritsEnvironment,
                    wantsOutput,
                    tailLines,
                    logChannel,
                    bind,
                    limits,
                    rlimits,
                    workingDirectory,
                    user,
                    cgroup,
                    diesWithLauncher,
                    settings);
        }
    }
}
