package dev.gatun.service;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.service.config.ConfigFiles;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.launch.DistRoot;
import dev.gatun.service.launch.LaunchProblem;
import dev.gatun.service.launch.Manifest;
import dev.gatun.service.launch.Metadata;
import java.util.Optional;

/** Where the files of a service are. */
record ServiceFiles(
        Libc libc, LaunchRequest request, DistRoot root, ConfigFiles.Purpose purpose, String staticPath,
        Optional<String> customPath) {

    private static final String STATIC = "service/bin/launcher-static.yml";
    private static final String CHECK = "service/bin/launcher-check.yml";
    private static final String CUSTOM = "var/conf/launcher-custom.yml";

    /**
     * @param purpose a health check has a static file of its own
     * @throws LaunchFailure where there is no dist root
     */
    static ServiceFiles find(Libc libc, LaunchRequest request, ConfigFiles.Purpose purpose) {
        try {
            DistRoot root = DistRoot.find(
                    libc,
                    request.distRoot().map(CString::of),
                    Optional.ofNullable(System.getProperty("gatun.called")).map(CString::of),
                    CString.of(System.getProperty("user.dir")));
            String staticFile = purpose == ConfigFiles.Purpose.CHECK ? CHECK : request.staticConfig().orElse(STATIC);
            return new ServiceFiles(
                    libc,
                    request,
                    root,
                    purpose,
                    root.resolve(staticFile).toString(),
                    Optional.of(root.resolve(request.customConfig().orElse(CUSTOM)).toString()));
        } catch (LaunchProblem problem) {
            throw new LaunchFailure(LaunchStep.CONFIG, problem.getMessage());
        }
    }

    ConfigFiles read() {
        return ConfigFiles.read(libc, staticPath, customPath, purpose);
    }

    Metadata metadata(ServiceConfig config) {
        return Manifest.metadata(libc, root, config, request.serviceName(), request.serviceVersion());
    }
}
