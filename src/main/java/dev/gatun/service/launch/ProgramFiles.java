package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.Errno;
import dev.gatun.linux.FilePath;
import dev.gatun.linux.Libc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files that a configuration names, looked at before anything is started, so that a sentence can name the place. */
final class ProgramFiles {

    private final Libc libc;
    private final DistRoot root;

    ProgramFiles(Libc libc, DistRoot root) {
        this.libc = requireNonNull(libc);
        this.root = requireNonNull(root);
    }

    /**
     * A program by its path, relative to the dist root even without a slash.
     *
     * @param key of the configuration
     * @return absolute
     */
    CString executable(String key, CString name) {
        refuseTilde(key, name);
        CString path = root.resolve(name);
        int why = FilePath.whyNotExecutable(libc, path);
        if (why != 0) {
            throw new LaunchProblem(key + ": " + describe(path, why)
                    + (name.contains('/') ? "" : "; a name is relative to the dist root, not looked for on PATH"));
        }
        return path;
    }

    /**
     * A program by its name, looked for in the folders of {@code PATH}; those that are relative are so to the dist root,
     * where the program will be when it asks.
     *
     * @param what it is, for messages
     */
    CString onPath(String what, CString name, List<CString> environment) {
        Optional<CString> path = CommandPath.variable(environment, "PATH");
        List<CString> search = path.isEmpty() ? List.of() : List.of(absolute(path.get()));
        CommandPath.Found found = CommandPath.find(libc, name, search);
        if (found instanceof CommandPath.Executable executable) {
            return executable.path();
        }
        if (found instanceof CommandPath.NotExecutable file) {
            throw new LaunchProblem(what + ": " + describe(
                    file.path(), FilePath.whyNotExecutable(libc, file.path())));
        }
        throw new LaunchProblem(what + ": " + name + " is in no folder of PATH"
                + (path.isEmpty() ? ", which is not set" : " (" + path.get() + ")"));
    }

    /** Refuses a file that an interpreter is to read and that is not there. */
    void requireThere(String key, CString name) {
        refuseTilde(key, name);
        CString path = root.resolve(name);
        if (!FilePath.exists(libc, path)) {
            throw new LaunchProblem(key + ": " + describe(path, FilePath.whyNotExecutable(libc, path)));
        }
    }

    /** Entries of a class path, relative to the dist root. */
    CString classPath(List<String> entries) {
        CString path = CString.of("");
        CString colon = CString.of(":");
        for (int i = 0; i < entries.size(); i++) {
            CString entry = CString.of(entries.get(i));
            if (!PathText.isAbsolute(entry) && root.path().contains(':')) {
                throw new LaunchProblem("classpath: the dist root " + root
                        + " has a colon in its name, and a class path has no way to write that");
            }
            path = i == 0 ? root.resolve(entry) : path.plus(colon).plus(root.resolve(entry));
        }
        return path;
    }

    private static void refuseTilde(String key, CString name) {
        if (name.startsWith(CString.of("~"))) {
            throw new LaunchProblem(key + ": " + name
                    + ": ~ is not expanded, since no shell is asked; write the whole path");
        }
    }

    private String describe(CString path, int why) {
        if (why == Errno.ENOENT) {
            return "there is no file " + path;
        }
        if (why == Errno.EISDIR) {
            return path + " is a folder";
        }
        return why == Errno.EACCES && FilePath.exists(libc, path)
                ? path + " is not executable for us"
                : path + " cannot be reached: " + Errno.describe(why);
    }

    private CString absolute(CString path) {
        List<CString> folders = new ArrayList<>();
        CString rest = path;
        for (int colon = rest.indexOf(':'); colon >= 0; colon = rest.indexOf(':')) {
            folders.add(rest.substring(0, colon));
            rest = rest.substring(colon + 1, rest.length());
        }
        folders.add(rest);
        CString entry = CString.of("PATH=");
        for (int i = 0; i < folders.size(); i++) {
            CString folder = i == 0 ? entry : entry.plus(CString.of(":"));
            // An empty folder is the current one, by an old rule.
            entry = folder.plus(root.resolve(folders.get(i)));
        }
        return entry;
    }
}
