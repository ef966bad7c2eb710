package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.Program;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.config.SubProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * The folders that a service finds when it starts.
 *
 * @param list in the order in which they are made
 */
public record Folders(List<Folder> list) {

    /** One of them, with the mode that it is made with, less the umask. */
    public record Folder(CString path, int mode) {

        public Folder {
            requireNonNull(path);
        }
    }

    private static final String TEMPORARY = "var/data/tmp";
    private static final List<String> OF_PYTHON = List.of(TEMPORARY, "var/log", "var/run");

    private static final int FOR_ALL_TO_SEE = 0755;
    private static final int FOR_US_ALONE = 0700;

    public Folders {
        list = List.copyOf(list);
    }

    /** Of the primary process and of the sub-processes, each with the mode of its type. */
    public static Folders of(ServiceConfig config, DistRoot root) {
        List<Folder> list = new ArrayList<>();
        List<String> named = config.program().dirs().orElse(List.of());
        boolean python = config.type() == ConfigType.PYTHON;
        add(list, python && named.isEmpty() ? OF_PYTHON : named, config.type(), root);
        String temporary = config.paths().temporaryFolder();
        if (python && !temporary.equals(TEMPORARY)) {
            // A list of folders leaves the usual one out where nothing can be written; who names another wants it.
            add(list, List.of(temporary), config.type(), root);
        }
        for (SubProcess process : config.subProcesses().values()) {
            Program program = process.program();
            add(list, program.dirs().orElse(List.of()), program.type(), root);
        }
        return new Folders(list);
    }

    private static void add(List<Folder> list, List<String> names, ConfigType type, DistRoot root) {
        int mode = type == ConfigType.PYTHON ? FOR_ALL_TO_SEE : FOR_US_ALONE;
        for (String name : names) {
            list.add(new Folder(root.resolve(name), mode));
        }
    }

    /**
     * Makes those that are not there, with all above them; the others stay as they are.
     *
     * @throws LaunchProblem naming the one that cannot be made
     */
    public void make(Libc libc) {
        for (Folder folder : list) {
            try {
                dev.gatun.linux.Folders.make(libc, folder.path(), folder.mode());
            } catch (LinuxException failure) {
                throw new LaunchProblem("cannot make the folder " + folder.path() + ": " + failure.getMessage());
            }
        }
    }
}
