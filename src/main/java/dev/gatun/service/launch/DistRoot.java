package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import java.util.Optional;

/**
 * The folder of a service's distribution. What its files name without a leading slash is in here, and the service runs
 * here.
 *
 * @param path absolute
 */
public record DistRoot(CString path) {

    public DistRoot {
        requireNonNull(path);
        if (!PathText.isAbsolute(path)) {
            throw new IllegalArgumentException("not absolute: " + path);
        }
    }

    /**
     * Finds it: by the option; else by the path that we were called by, where that is
     * {@code …/service/bin/<os>-<arch>/NAME} or leads there by links; else it is the current folder, where that holds
     * {@code service/bin/launcher-static.yml}.
     *
     * @param option of the command line; empty text counts as absent
     * @param calledAs our own path, as we were called
     * @param currentFolder absolute; what is relative is relative to it, once and for all
     * @throws LaunchProblem with all that was tried
     */
    public static DistRoot find(
            Libc libc, Optional<CString> option, Optional<CString> calledAs, CString currentFolder) {
        return new DistRootSearch(libc, currentFolder).find(option, calledAs);
    }

    /** A path of a configuration as an absolute one. */
    public CString resolve(String relativeOrAbsolute) {
        return resolve(CString.of(relativeOrAbsolute));
    }

    /** A path as an absolute one; one that is absolute stays as it is. */
    public CString resolve(CString relativeOrAbsolute) {
        return PathText.isAbsolute(relativeOrAbsolute)
                ? relativeOrAbsolute
                : PathText.clean(PathText.from(path, relativeOrAbsolute));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
