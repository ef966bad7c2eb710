package dev.gatun.service;

import dev.gatun.config.Problem;
import dev.gatun.config.Problems;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Rlimit;
import dev.gatun.service.config.ConfigFiles;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.launch.ByteText;
import dev.gatun.service.launch.CpuPlan;
import dev.gatun.service.launch.Folders;
import dev.gatun.service.launch.MemoryPlan;
import dev.gatun.service.launch.Metadata;
import dev.gatun.service.launch.ResourceLimits;
import dev.gatun.service.launch.Secrets;

/** The first six steps of a launch: all that is found out, and made, before anything is started. */
final class ServicePreparation {

    private final Libc libc;
    private final LaunchRequest request;
    private final boolean check;
    private final ServiceLog log;
    private final LaunchSequence sequence;
    private ServiceConfig config;
    private Metadata metadata;

    ServicePreparation(
            Libc libc, LaunchRequest request, boolean check, ServiceLog log, LaunchSequence sequence) {
        this.libc = libc;
        this.request = request;
        this.check = check;
        this.log = log;
        this.sequence = sequence;
    }

    /**
     * Makes the steps.
     *
     * @throws RefusedConfiguration with all that is wrong in the files
     * @throws LaunchFailure naming the step
     */
    ServicePlan prepare() {
        ServiceFiles files = ServiceFiles.find(
                libc, request, check ? ConfigFiles.Purpose.CHECK : ConfigFiles.Purpose.SERVICE);
        String configured = sequence.make(LaunchStep.CONFIG, () -> configure(files), words -> words);
        ServicePlanner planner =
                new ServicePlanner(libc, files.root(), config, metadata, ServiceFacts.gather(libc, config));
        CpuPlan cpu = sequence.make(LaunchStep.CPU, planner::cpu,
                plan -> plan.count() + (plan.count() == 1 ? " processor" : " processors") + ", by " + plan.source());
        MemoryPlan memory = sequence.make(LaunchStep.MEMORY, () -> accepted(planner.memory()), this::describe);
        sequence.make(LaunchStep.DIRECTORIES, () -> makeFolders(files), ServicePreparation::describe);
        ResourceLimits limits = sequence.make(LaunchStep.LIMITS,
                planner::limits, ServicePreparation::describe);
        for (String warning : limits.warnings()) {
            log.log().warn(warning);
        }
        ServicePlan made = sequence.make(LaunchStep.COMMAND, () -> chosen(planner.plan(cpu, memory, limits.limits())),
                plan -> Secrets.commandLine(plan.primary().command().arguments()));
        if (made.primary().command().note().isPresent()) {
            log.log().info(made.primary().command().note().get());
        }
        return made;
    }

    private ServicePlan chosen(ServicePlan whole) {
        return request.only().isPresent() ? ServicePlanner.only(request.only().get(), whole) : whole;
    }

    private String configure(ServiceFiles files) {
        ConfigFiles read = files.read();
        Problems problems = request.strict() ? read.problems().asErrors() : read.problems();
        if (problems.hasErrors()) {
            throw new RefusedConfiguration(problems);
        }
        config = check ? read.config().forCheck() : read.config();
        log.configure(config.logging());
        for (Problem problem : problems.list()) {
            log.log().warn(problem.describe());
        }
        metadata = files.metadata(config);
        if (metadata.warning().isPresent()) {
            log.log().warn(metadata.warning().get());
        }
        sequence.service(metadata.name());
        return metadata.name() + " " + metadata.version() + ", " + config.type().text() + ", " + files.staticPath()
                + (read.customIsThere() ? " and " + files.customPath().orElse("")
                        : "; no custom file at "
                                + files.customPath().orElse(""));
    }

    private MemoryPlan accepted(MemoryPlan plan) {
        if (plan instanceof MemoryPlan.Refused refused) {
            throw new LaunchFailure(LaunchStep.MEMORY, refused.problem());
        }
        if (plan instanceof MemoryPlan.Unmanaged unmanaged && unmanaged.warning().isPresent()) {
            log.log().warn(unmanaged.warning().get());
        }
        return plan;
    }

    private String describe(MemoryPlan plan) {
        return plan instanceof MemoryPlan.Managed managed
                ? "limit " + ByteText.of(managed.limitBytes()) + " by " + managed.source() + ", "
                        + ByteText.of(managed.effectiveBytes()) + " promised, " + managed.mode().text()
                : "unmanaged";
    }

    private Folders makeFolders(ServiceFiles files) {
        Folders folders = Folders.of(config, files.root());
        folders.make(libc);
        return folders;
    }

    private static String describe(Folders folders) {
        StringBuilder text = new StringBuilder();
        for (Folders.Folder folder : folders.list()) {
            text.append(text.isEmpty() ? "" : ", ").append(folder.path());
        }
        return text.isEmpty() ? "none" : text.toString();
    }

    private static String describe(ResourceLimits limits) {
        StringBuilder text = new StringBuilder();
        for (Rlimit limit : limits.limits()) {
            text.append(text.isEmpty() ? "" : ", ").append(limit.resource()).append(' ')
                    .append(Rlimit.text(limit.soft())).append(':').append(Rlimit.text(limit.hard()));
        }
        return text.isEmpty() ? "left alone" : text.toString();
    }
}
