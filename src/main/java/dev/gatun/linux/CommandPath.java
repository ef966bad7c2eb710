package dev.gatun.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the file of a command, as execvp(3) does, but before the child exists: a name with a slash is taken as it is,
 * any other is looked for in the folders of {@code PATH}.
 */
public final class CommandPath {

    /** What the C library uses when {@code PATH} is not set. */
    private static final CString DEFAULT_PATH = CString.of("/bin:/usr/bin");

    private CommandPath() {}

    /** What a search came to. */
    public sealed interface Found permits Executable, NotExecutable, Missing {}

    /** The file to execute. */
    public record Executable(CString path) implements Found {}

    /** There is such a file, and it is not executable or is a folder. */
    public record NotExecutable(CString path) implements Found {}

    /** There is none. */
    public record Missing() implements Found {}

    /**
     * Looks for a command.
     *
     * @param environment of the program to be, for its {@code PATH}
     */
    public static Found find(Libc libc, CString command, List<CString> environment) {
        if (command.contains('/')) {
            return new Executable(command);
        }
        Found best = new Missing();
        if (command.isEmpty()) {
            return best;
        }
        for (CString folder : split(variable(environment, "PATH").orElse(DEFAULT_PATH))) {
            // An empty entry is the current folder, by an old rule that execvp(3) keeps.
            CString candidate = folder.isEmpty() ? command : folder.plus(CString.of("/")).plus(command);
            if (FilePath.whyNotExecutable(libc, candidate) == 0) {
                return new Executable(candidate);
            }
            if (best instanceof Missing && FilePath.exists(libc, candidate)) {
                best = new NotExecutable(candidate);
            }
        }
        return best;
    }

    /** The value of a variable in an environment; the first counts, as in getenv(3). */
    public static Optional<CString> variable(List<CString> environment, String name) {
        CString prefix = CString.of(name + "=");
        for (CString entry : environment) {
            if (entry.startsWith(prefix)) {
                return Optional.of(entry.substring(prefix.length(), entry.length()));
            }
        }
        return Optional.empty();
    }

    private static List<CString> split(CString path) {
        List<CString> folders = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.at(i) == ':') {
                folders.add(path.substring(start, i));
                start = i + 1;
            }
        }
        return folders;
    }
}
