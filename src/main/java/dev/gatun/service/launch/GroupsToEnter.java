package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import dev.gatun.linux.FilePath;
import dev.gatun.linux.Libc;
import dev.gatun.linux.cgroup.CgroupFolder;
import dev.gatun.linux.cgroup.CgroupMembership;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The control groups of version 1 that a program is to be in. Other launchers have {@code cgexec} of libcgroup enter
 * them; here the new process writes itself into their files, so that nothing has to be installed.
 */
public final class GroupsToEnter {

    private GroupsToEnter() {}

    /**
     * The files that a process enters the groups by.
     *
     * @param groups by controller, or by several with commas between them; a group is seen from the mount of its hierarchy
     * @return {@code cgroup.procs} of each, none of them twice
     * @throws LaunchProblem where there is no such group: it is somebody else's to make
     */
    public static List<CString> files(Libc libc, Map<String, String> groups) {
        if (groups.isEmpty()) {
            return List.of();
        }
        CgroupMembership own = CgroupMembership.own(libc);
        List<CString> files = new ArrayList<>();
        for (Map.Entry<String, String> group : groups.entrySet()) {
            for (String controller : group.getKey().split(",")) {
                CString file = file(libc, own, controller, group.getValue());
                if (!files.contains(file)) {
                    files.add(file);
                }
            }
        }
        return List.copyOf(files);
    }

    private static CString file(Libc libc, CgroupMembership own, String controller, String group) {
        Optional<CgroupFolder> folder = own.controller(controller);
        if (folder.isEmpty()) {
            throw new LaunchProblem("cgroupsV1: no hierarchy with the controller " + controller + " is mounted");
        }
        CString path = PathText.clean(CString.of(folder.get().mountPoint() + "/" + group + "/cgroup.procs"));
        if (!FilePath.exists(libc, path)) {
            throw new LaunchProblem("cgroupsV1: " + controller + ": " + group + ": there is no group "
                    + PathText.folder(path));
        }
        return path;
    }
}
