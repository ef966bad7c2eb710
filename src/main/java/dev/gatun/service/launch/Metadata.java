package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Who the service is.
 *
 * @param name for messages, the pid file and the service itself; usable as the name of a file
 * @param version may be empty, where a manifest has a name and no version
 * @param warning what was wrong with the manifest, and what is used in its place
 */
public record Metadata(String name, String version, Optional<String> warning) {

    /** @throws LaunchProblem for a name that would lead a pid file elsewhere, or that no environment can hold */
    public Metadata {
        requireNonNull(warning);
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || hasControls(name)) {
            throw new LaunchProblem("the name of the service, \"" + name
                    + "\", is to be a file name: not empty, and without slashes and control characters");
        }
        if (hasControls(version)) {
            throw new LaunchProblem("the version of the service, \"" + version + "\", has control characters");
        }
    }

    private static boolean hasControls(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ') {
                return true;
            }
        }
        return false;
    }
}
