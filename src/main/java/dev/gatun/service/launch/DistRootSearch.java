package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.FilePath;
import dev.gatun.linux.Libc;
import java.util.List;
import java.util.Optional;

/** Where a {@link DistRoot} may be. */
final class DistRootSearch {

    private static final String STATIC_FILE = "service/bin/launcher-static.yml";

    private static final CString SERVICE = CString.of("service");
    private static final CString BIN = CString.of("bin");

    /** Names behind the root in the path of a launcher: service, bin, the platform, and its own. */
    private static final int DEPTH = 4;

    /** As many links as the kernel follows before it gives up. */
    private static final int MOST_LINKS = 40;

    private final Libc libc;
    private final CString currentFolder;

    DistRootSearch(Libc libc, CString currentFolder) {
        this.libc = requireNonNull(libc);
        this.currentFolder = requireNonNull(currentFolder);
    }

    DistRoot find(Optional<CString> option, Optional<CString> calledAs) {
        if (option.isPresent() && !option.get().isEmpty()) {
            return given(option.get());
        }
        Optional<CString> own = calledAs.isEmpty() || calledAs.get().isEmpty()
                ? Optional.empty()
                : byOwnPath(PathText.from(currentFolder, calledAs.get()));
        if (own.isPresent()) {
            return new DistRoot(own.get());
        }
        if (FilePath.exists(libc, PathText.from(currentFolder, CString.of(STATIC_FILE)))) {
            return new DistRoot(straight(currentFolder));
        }
        throw new LaunchProblem("no dist root is to be found: there is no option --dist-root, "
                + (calledAs.isEmpty() ? "our own path is not known"
                        : calledAs.get() + " is in no folder service/bin/OS-ARCH")
                + ", and the current folder " + currentFolder + " has no " + STATIC_FILE);
    }

    private DistRoot given(CString option) {
        CString path = straight(PathText.from(currentFolder, option));
        if (!FilePath.isFolder(libc, path)) {
            throw new LaunchProblem("--dist-root " + option + ": "
                    + (FilePath.exists(libc, path) ? path + " is no folder" : "there is no folder " + path));
        }
        return new DistRoot(path);
    }

    /** A {@code ..} behind a link leads where the link does, not back: there the kernel has to say what is meant. */
    private CString straight(CString path) {
        if (PathText.goesUp(path)) {
            Optional<CString> resolved = FilePath.resolved(libc, path);
            if (resolved.isPresent()) {
                return resolved.get();
            }
        }
        return PathText.clean(path);
    }

    /** Link by link: the last one may lead out of the distribution again, to a launcher that all services share. */
    private Optional<CString> byOwnPath(CString called) {
        CString path = called;
        for (int links = 0; links < MOST_LINKS; links++) {
            Optional<CString> root = above(path);
            if (root.isPresent()) {
                return root;
            }
            CString folder = PathText.folder(path);
            root = inRealFolder(folder, path);
            if (root.isPresent()) {
                return root;
            }
            Optional<CString> target = FilePath.linkTarget(libc, path);
            if (target.isEmpty()) {
                return Optional.empty();
            }
            path = PathText.from(folder, target.get());
        }
        return Optional.empty();
    }

    private Optional<CString> inRealFolder(CString folder, CString path) {
        Optional<CString> real = FilePath.resolved(libc, folder);
        List<CString> names = PathText.names(path);
        return real.isEmpty() || names.isEmpty()
                ? Optional.empty()
                : above(PathText.from(real.get(), names.get(names.size() - 1)));
    }

    private Optional<CString> above(CString launcher) {
        List<CString> names = PathText.names(launcher);
        int root = names.size() - DEPTH;
        boolean isOne = root >= 0
                && names.get(root).equals(SERVICE)
                && names.get(root + 1).equals(BIN)
                && names.get(root + 2).contains('-');
        return isOne ? Optional.of(straight(PathText.absolute(names.subList(0, root)))) : Optional.empty();
    }
}
