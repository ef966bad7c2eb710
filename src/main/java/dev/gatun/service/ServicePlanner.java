package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Rlimit;
import dev.gatun.service.config.MemoryMode;
import dev.gatun.service.config.Program;
import dev.gatun.service.config.RestartSettings;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.config.SubProcess;
import dev.gatun.service.init.ManagedProcess;
import dev.gatun.service.launch.CommandPlanner;
import dev.gatun.service.launch.CpuPlan;
import dev.gatun.service.launch.DistRoot;
import dev.gatun.service.launch.EnvironmentPlanner;
import dev.gatun.service.launch.GroupsToEnter;
import dev.gatun.service.launch.LaunchProblem;
import dev.gatun.service.launch.LimitCeilings;
import dev.gatun.service.launch.MemoryPlan;
import dev.gatun.service.launch.Metadata;
import dev.gatun.service.launch.ResourceLimits;
import dev.gatun.service.launch.ServiceEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What follows from a configuration here and now, part by part; nothing is made and nothing is started. */
final class ServicePlanner {

    private final Libc libc;
    private final DistRoot root;
    private final ServiceConfig config;
    private final Metadata metadata;
    private final ServiceFacts facts;

    ServicePlanner(Libc libc, DistRoot root, ServiceConfig config, Metadata metadata, ServiceFacts facts) {
        this.libc = libc;
        this.root = root;
        this.config = config;
        this.metadata = metadata;
        this.facts = facts;
    }

    CpuPlan cpu() {
        return CpuPlan.of(config.cpu(), facts.container(), facts.processors(), facts.cpus());
    }

    MemoryPlan memory() {
        return MemoryPlan.of(config.memory(), config.watchdog(), facts.container(), facts.memory());
    }

    ResourceLimits limits() {
        return ResourceLimits.of(config.resources(), config.type(), LimitCeilings.read(libc));
    }

    /**
     * All processes, with the parts that were planned before.
     *
     * @throws LaunchProblem where something is missing that one of them needs
     */
    ServicePlan plan(CpuPlan cpu, MemoryPlan memory, List<Rlimit> limits) {
        EnvironmentPlanner environments = new EnvironmentPlanner(facts.inherited(), root);
        CommandPlanner commands = new CommandPlanner(
                libc, root, facts.inherited(), facts.container(), facts.memory(), facts.processors());
        ServiceEnvironment environment = environments.primary(config, metadata, memory, cpu);
        ProcessPlan primary =
                process(metadata.name(), config.program(), environment, config.restart(), commands);
        List<ServicePlan.SubProcessPlan> subProcesses = new ArrayList<>();
        for (Map.Entry<String, SubProcess> entry : config.subProcesses().entrySet()) {
            SubProcess sub = entry.getValue();
            ServiceEnvironment own = environments.subProcess(config, environment, sub.program());
            subProcesses.add(subProcess(entry.getKey(), sub, own, commands));
        }
        return new ServicePlan(
                root, config, metadata, cpu, memory, sharesLimit(), limits, primary, subProcesses,
                ManagedProcess.of(libc, config, metadata.name(), root.toString()));
    }

    /**
     * One of them by itself.
     *
     * @param only its name
     * @throws LaunchProblem where there is none of that name
     */
    static ServicePlan only(String only, ServicePlan whole) {
        ServiceConfig config = whole.config();
        if (only.equals(whole.primary().name())) {
            return whole.with(config.alone(), whole.primary());
        }
        for (ServicePlan.SubProcessPlan one : whole.subProcesses()) {
            if (only.equals(one.process().name())) {
                return whole.with(config.aloneAs(config.subProcesses().get(only)), one.process());
            }
        }
        throw new LaunchProblem("there is no process " + only + " in the configuration; there are "
                + whole.primary().name() + " and its sub-processes " + config.subProcesses().keySet());
    }

    private boolean sharesLimit() {
        return config.memory().mode() == MemoryMode.CGROUP_AWARE
                && !facts.container().ignored()
                && facts.memory().group().bytes().isPresent();
    }

    private ServicePlan.SubProcessPlan subProcess(
            String name, SubProcess sub, ServiceEnvironment environment, CommandPlanner commands) {
        if (name.equals(metadata.name())) {
            throw new LaunchProblem("subProcesses: " + name
                    + " is the name of the service itself; a sub-process needs another one");
        }
        try {
            return new ServicePlan.SubProcessPlan(
                    sub.start(), process(name, sub.program(), environment, sub.restart(), commands));
        } catch (LaunchProblem problem) {
            throw new LaunchProblem("subProcesses." + name + ": " + problem.getMessage());
        }
    }

    private ProcessPlan process(
            String name, Program program, ServiceEnvironment environment, RestartSettings restart,
            CommandPlanner commands) {
        return new ProcessPlan(
                name,
                commands.plan(program, environment.entries()),
                environment,
                GroupsToEnter.files(libc, program.cgroupsV1()),
                restart);
    }
}
