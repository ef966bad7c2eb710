package dev.gatun.engine.systemd;

import dev.gatun.linux.Rlimit;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.ResourceLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The properties of the unit that a launch asks for (systemd.service(5), systemd.exec(5), systemd.kill(5),
 * systemd.resource-control(5)). Pure: files have been chosen before.
 */
final class UnitPlan {

    private static final int FIRST_WITH_TYPE_EXEC = 240;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /**
     * What is known only when the launch is under way.
     *
     * @param managerVersion of systemd
     * @param environmentFile where the variables are; empty for none
     * @param output sockets for standard output and standard error; empty to leave both to systemd
     * @param bindsTo the unit to end with, by its name
     */
    record Surroundings(
            int managerVersion,
            String description,
            Duration startTimeout,
            Optional<String> environmentFile,
            Optional<OutputPaths> output,
            Optional<String> bindsTo,
            NumaNodes numa) {}

    private final List<UnitProperty> properties = new ArrayList<>();

    private UnitPlan() {}

    /** @throws IllegalArgumentException with one sentence for an option that systemd cannot be told */
    static List<UnitProperty> of(LaunchOptions options, UnitSettings settings, Surroundings surroundings) {
        UnitPlan plan = new UnitPlan();
        plan.life(options, settings, surroundings);
        plan.command(options, surroundings);
        plan.streams(surroundings);
        plan.limits(options.limits());
        options.rlimits().forEach(plan::rlimit);
        options.bind().ifPresent(bind -> plan.properties.addAll(BindProperties.of(bind, surroundings.numa())));
        plan.place(options, settings);
        plan.properties.addAll(settings.properties());
        return List.copyOf(plan.properties);
    }

    private void life(LaunchOptions options, UnitSettings settings, Surroundings surroundings) {
        text("Description", surroundings.description());
        // With "exec" the start fails where the program cannot be executed; "simple" has begun before that is known.
        text("Type", surroundings.managerVersion() >= FIRST_WITH_TYPE_EXEC ? "exec" : "simple");
        // Our reference keeps the unit for as long as we are on the bus, so that its end can be read when it is over.
        add(UnitProperty.flag("AddRef", true));
        // What shall outlive us shall also be found when it has ended; what dies with us leaves nothing behind.
        add(UnitProperty.flag("RemainAfterExit", !options.diesWithLauncher()));
        text("CollectMode", options.diesWithLauncher() ? "inactive-or-failed" : "inactive");
        text("KillMode", "control-group");
        number("TimeoutStartUSec", micros(surroundings.startTimeout()));
        number("TimeoutStopUSec", micros(settings.stopTimeout()));
        surroundings.bindsTo().ifPresent(unit -> add(UnitProperty.texts("BindsTo", List.of(unit))));
    }

    private void command(LaunchOptions options, Surroundings surroundings) {
        String program = options.program();
        if (program.indexOf('/') > 0) {
            throw new IllegalArgumentException("systemd knows no working directory to find \"" + program
                    + "\" in; expected an absolute path, or a name without a slash");
        }
        List<String> words = new ArrayList<>();
        words.add(literal(options.argument0().orElse(program)));
        options.arguments().forEach(argument -> words.add(literal(argument)));
        Object[] command = {program, List.copyOf(words), false};
        add(new UnitProperty("ExecStart", "a(sasb)", List.<Object[]>of(command)));
        surroundings.environmentFile().ifPresent(file -> add(
                new UnitProperty("EnvironmentFiles", "a(sb)", List.<Object[]>of(new Object[]{file, false}))));
        options.workingDirectory().ifPresent(folder -> text("WorkingDirectory", folder));
        options.user().ifPresent(user -> {
            text("User", user.user());
            user.group().ifPresent(group -> text("Group", group));
        });
    }

    /** systemd replaces variables in arguments, which a launcher is not asked for. */
    private static String literal(String argument) {
        return argument.replace("$", "$$");
    }

    private void streams(Surroundings surroundings) {
        surroundings.output().ifPresent(paths -> {
            text("StandardOutputFile", paths.stdout());
            text("StandardErrorFile", paths.stderr());
        });
    }

    private void limits(ResourceLimits limits) {
        limits.memoryBytes().ifPresent(bytes -> {
            number("MemoryMax", bytes);
            // Else what goes beyond is swapped out, and nobody is killed.
            number("MemorySwapMax", 0);
        });
        limits.processors()
                .ifPresent(count -> number("CPUQuotaPerSecUSec", Math.max(1, Math.round(count * MICROS_PER_SECOND))));
        limits.processes().ifPresent(count -> number("TasksMax", count));
    }

    private void rlimit(Rlimit limit) {
        String name = "Limit" + limit.resource();
        // In this order: the first sets both.
        number(name, limit.hard());
        number(name + "Soft", limit.soft());
    }

    private void place(LaunchOptions options, UnitSettings settings) {
        Optional<String> slice = options.cgroup().map(UnitPlan::sliceOf).or(settings::slice);
        slice.ifPresent(name -> text("Slice", name));
    }

    private static String sliceOf(String folder) {
        String name = folder.substring(folder.lastIndexOf('/') + 1);
        if (!UnitSettings.isUnitName(name, ".slice")) {
            throw new IllegalArgumentException("systemd owns the control groups it runs processes in, and \"" + folder
                    + "\" is none of its slices; expected a folder whose name ends in .slice");
        }
        return name;
    }

    private void text(String name, String value) {
        add(UnitProperty.text(name, value));
    }

    private void number(String name, long value) {
        add(UnitProperty.number(name, value));
    }

    private void add(UnitProperty property) {
        properties.add(property);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
