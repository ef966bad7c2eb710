package dev.gatun.service;

import static java.util.Objects.requireNonNull;

import dev.gatun.config.Problem;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.service.config.ConfigFiles;
import dev.gatun.service.init.GatunLaunchers;
import dev.gatun.service.init.InitOutput;
import dev.gatun.service.init.InitProblem;
import dev.gatun.service.init.InitVerbs;
import dev.gatun.service.init.ManagedProcess;
import dev.gatun.service.launch.LaunchProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code gatun init}: the verbs of an init script for the service of a dist folder. */
public final class ServiceInit {

    private final Libc libc;
    private final LaunchRequest request;
    private final InitOutput output;

    public ServiceInit(Libc libc, LaunchRequest request, InitOutput output) {
        this.libc = requireNonNull(libc);
        this.request = requireNonNull(request);
        this.output = requireNonNull(output);
    }

    /**
     * The verbs of the service.
     *
     * @param gatunHome the folder with {@code bin/gatun}
     * @throws LaunchFailure where there is no dist root
     */
    public InitVerbs verbs(String gatunHome, Duration stopTimeout) {
        ServiceFiles files = ServiceFiles.find(libc, request, ConfigFiles.Purpose.SERVICE);
        CString root = files.root().path();
        return new InitVerbs(libc, root.toString(), () -> processes(files),
                new GatunLaunchers(libc, gatunHome, root, List.of()), output, stopTimeout);
    }

    private List<ManagedProcess> processes(ServiceFiles files) {
        ConfigFiles read = files.read();
        List<String> errors = new ArrayList<>();
        for (Problem problem : read.problems().list()) {
            if (problem.severity() == Problem.Severity.ERROR) {
                errors.add(problem.describe());
            }
        }
        if (!errors.isEmpty()) {
            throw new InitProblem(errors);
        }
        try {
            return ManagedProcess.of(
                    libc, read.config(), files.metadata(read.config()).name(), files.root().toString());
        } catch (LaunchProblem problem) {
            throw new InitProblem(List.of(problem.getMessage()));
        }
    }
}
