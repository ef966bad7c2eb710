package dev.gatun.service;

import java.util.Optional;

/**
 * What a launch is told on the command line.
 *
 * @param program the name we go by in messages and logs
 * @param distRoot absent to derive it
 * @param staticConfig absent for {@code service/bin/launcher-static.yml}; relative to the dist root
 * @param customConfig absent for {@code var/conf/launcher-custom.yml}; relative to the dist root
 * @param serviceName absent for the manifest's
 * @param serviceVersion absent for the manifest's
 * @param strict warnings about the configuration are errors
 * @param legacyExitCodes 255 for an end by a signal
 * @param jsonLog overrides the configuration's log format
 * @param handsOver become the service, whatever there is to watch
 * @param only this process of the configuration, and no other
 */
public record LaunchRequest(
        String program,
        Optional<String> distRoot,
        Optional<String> staticConfig,
        Optional<String> customConfig,
        Optional<String> serviceName,
        Optional<String> serviceVersion,
        boolean strict,
        boolean legacyExitCodes,
        Optional<Boolean> jsonLog,
        boolean handsOver,
        Optional<String> only) {

    /** Nothing but defaults. */
    public static LaunchRequest of(String program) {
        return new LaunchRequest(
                program, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                false, false, Optional.empty(), false, Optional.empty());
    }

    /** The same in a dist root. */
    public LaunchRequest in(Optional<String> root) {
        return new LaunchRequest(
                program, root, staticConfig, customConfig, serviceName, serviceVersion, strict, legacyExitCodes,
                jsonLog, handsOver, only);
    }
}
