package dev.gatun.service;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.service.config.ConfigFiles;
import dev.gatun.service.launch.LaunchProblem;
import java.util.ArrayList;
import java.util.List;

/** {@code gatun service validate} and {@code explain}: what is in the files, and what would be done; nothing is done. */
public final class ServiceInspection {

    private final Libc libc;
    private final LaunchRequest request;

    public ServiceInspection(Libc libc, LaunchRequest request) {
        this.libc = requireNonNull(libc);
        this.request = requireNonNull(request);
    }

    /**
     * Reads and judges both files.
     *
     * @throws LaunchFailure where there is no dist root
     */
    public ConfigReport validate() {
        ServiceFiles files = ServiceFiles.find(libc, request, ConfigFiles.Purpose.SERVICE);
        ConfigFiles read = files.read();
        return report(files, read);
    }

    /**
     * What follows from files that are valid, here and now.
     *
     * @throws LaunchFailure where something is missing that the service needs
     */
    public ServiceExplanation explain() {
        ServiceFiles files = ServiceFiles.find(libc, request, ConfigFiles.Purpose.SERVICE);
        ConfigFiles read = files.read();
        try {
            ServicePlanner planner = new ServicePlanner(libc, files.root(), read.config(),
                    files.metadata(read.config()), ServiceFacts.gather(libc, read.config()));
            ServicePlan plan = planner.plan(planner.cpu(), planner.memory(), planner.limits().limits());
            return ServiceExplanation.of(plan, read.settings());
        } catch (LaunchProblem problem) {
            throw new LaunchFailure(LaunchStep.COMMAND, problem.getMessage());
        }
    }

    private ConfigReport report(ServiceFiles files, ConfigFiles read) {
        List<String> names = new ArrayList<>(List.of(files.staticPath()));
        if (read.customIsThere()) {
            names.add(files.customPath().orElse(""));
        }
        return new ConfigReport(names, request.strict() ? read.problems().asErrors() : read.problems());
    }
}
