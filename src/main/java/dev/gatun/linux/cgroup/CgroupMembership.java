package dev.gatun.linux.cgroup;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcFile;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The groups that a process is in, and where their folders are.
 *
 * <p>{@code /proc/PID/cgroup} gives a path in each hierarchy, {@code /proc/PID/mountinfo} where hierarchies are mounted
 * and from which group on. In a container the two need not agree: without a cgroup namespace the path is the host's,
 * {@code /docker/4f…}, while the mount begins at the container's own group; it says so in its root, which must be taken
 * off the path. Some engines mount it in such a way that the root is {@code /} all the same. Then the longest end of the
 * path that is a group in the mount is taken, and in the end the mount itself.
 */
public final class CgroupMembership {

    private static final String UNIFIED = "";
    private static final String DELETED = " (deleted)";

    /** Path by controller, in the order of the kernel's list; {@link #UNIFIED} for version 2. */
    private final Map<String, String> paths;

    private final List<CgroupMount> mounts;
    private final Predicate<String> isGroup;

    private CgroupMembership(Map<String, String> paths, List<CgroupMount> mounts, Predicate<String> isGroup) {
        this.paths = paths;
        this.mounts = mounts;
        this.isGroup = isGroup;
    }

    /** Of this process; without {@code /proc} it is in no group. */
    public static CgroupMembership own(Libc libc) {
        return read(libc, "self");
    }

    /** Of a process; of none when it has ended. */
    public static CgroupMembership of(Libc libc, int pid) {
        return read(libc, Integer.toString(pid));
    }

    private static CgroupMembership read(Libc libc, String process) {
        // Always our own mounts: what the process sees elsewhere is of no use to us.
        return parse(
                ProcFile.readText(libc, "/proc/" + process + "/cgroup").orElse(""),
                ProcFile.readText(libc, "/proc/self/mountinfo").orElse(""),
                folder -> exists(libc, folder + "/cgroup.procs"));
    }

    private static boolean exists(Libc libc, String path) {
        try (Arena arena = Arena.ofConfined()) {
            return libc.access(CString.of(path).allocate(arena), Linux.F_OK()) == 0;
        }
    }

    /**
     * From the two texts.
     *
     * @param isGroup whether a folder is a group
     */
    static CgroupMembership parse(String cgroup, String mountInfo, Predicate<String> isGroup) {
        Map<String, String> paths = new LinkedHashMap<>();
        for (String line : cgroup.split("\n")) {
            // hierarchy:controllers:path, and the path may hold colons.
            String[] fields = line.split(":", 3);
            if (fields.length == 3) {
                for (String controller : fields[1].split(",")) {
                    paths.put(controller, withoutMark(fields[2]));
                }
            }
        }
        return new CgroupMembership(paths, CgroupMount.parse(mountInfo), isGroup);
    }

    private static String withoutMark(String path) {
        return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
    }

    public CgroupLayout layout() {
        boolean v1 = mounts.stream().anyMatch(mount -> mount.version() == CgroupVersion.V1);
        boolean v2 = mounts.stream().anyMatch(mount -> mount.version() == CgroupVersion.V2);
        return v1 ? v2 ? CgroupLayout.HYBRID : CgroupLayout.V1 : v2 ? CgroupLayout.V2 : CgroupLayout.NONE;
    }

    /** The group of the version 2 hierarchy. */
    public Optional<CgroupFolder> unified() {
        return find(UNIFIED, CgroupVersion.V2, mount -> true);
    }

    /**
     * The group whose files say what a controller allows: that of the controller's own hierarchy where it has one, else
     * of the version 2 hierarchy, whether the controller is enabled there or not.
     *
     * @param controller {@code memory}, {@code cpu}, {@code pids}, or {@code name=systemd} for one without controllers
     */
    public Optional<CgroupFolder> controller(String controller) {
        Optional<CgroupFolder> own =
                find(controller, CgroupVersion.V1, mount -> mount.superOptions().contains(controller));
        return own.isPresent() ? own : unified();
    }

    private Optional<CgroupFolder> find(String controller, CgroupVersion version, Predicate<CgroupMount> wanted) {
        String path = paths.get(controller);
        if (path == null) {
            return Optional.empty();
        }
        List<CgroupMount> candidates = mounts.stream()
                .filter(mount -> mount.version() == version && wanted.test(mount))
                .toList();
        for (CgroupFolder folder : places(path, candidates)) {
            if (isGroup.test(folder.path())) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** Where a group may be found, the surest place first. */
    private static List<CgroupFolder> places(String path, List<CgroupMount> mounts) {
        List<CgroupFolder> places = new ArrayList<>();
        for (CgroupMount mount : mounts) {
            if (mount.shows(path)) {
                places.add(new CgroupFolder(mount.version(), mount.folderOf(path), mount.mountPoint()));
            }
        }
        // A path that leaves its namespace is that of a group which no mount in here can show.
        if (!path.startsWith("/..")) {
            for (CgroupMount mount : mounts) {
                // Nor does a mount from above the namespace tell which of the groups in it is ours.
                for (String end : mount.isFromAbove() ? List.<String>of() : ends(path)) {
                    places.add(new CgroupFolder(mount.version(), mount.mountPoint() + end, mount.mountPoint()));
                }
            }
        }
        return places;
    }

    /** {@code /a/b}, {@code /b} and nothing. */
    private static List<String> ends(String path) {
        List<String> ends = new ArrayList<>();
        String end = path.equals("/") ? "" : path;
        while (!end.isEmpty()) {
            ends.add(end);
            int next = end.indexOf('/', 1);
            end = next < 0 ? "" : end.substring(next);
        }
        ends.add("");
        return ends;
    }
}
