package dev.gatun.linux.cgroup;

import java.util.ArrayList;
import java.util.List;

/**
 * A mounted hierarchy, from a line of {@code /proc/PID/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param root the group that is mounted, as a path in the hierarchy: a container sees its own group and nothing above
 * @param mountPoint where
 * @param superOptions of the file system; in version 1 the names of its controllers are among them
 */
record CgroupMount(CgroupVersion version, String root, String mountPoint, List<String> superOptions) {

    private static final int ROOT = 3;
    private static final int MOUNT_POINT = 4;

    /** Behind the dash that ends the optional fields. */
    private static final int TYPE = 1;

    private static final int SUPER_OPTIONS = 3;

    /** The cgroup mounts among all. */
    static List<CgroupMount> parse(String mountInfo) {
        List<CgroupMount> mounts = new ArrayList<>();
        for (String line : mountInfo.split("\n")) {
            String[] fields = line.split(" ");
            int dash = List.of(fields).indexOf("-");
            if (dash > MOUNT_POINT && fields.length > dash + SUPER_OPTIONS) {
                String type = fields[dash + TYPE];
                if (type.equals("cgroup") || type.equals("cgroup2")) {
                    mounts.add(new CgroupMount(
                            type.equals("cgroup") ? CgroupVersion.V1 : CgroupVersion.V2,
                            unescape(fields[ROOT]),
                            unescape(fields[MOUNT_POINT]),
                            List.of(fields[dash + SUPER_OPTIONS].split(","))));
                }
            }
        }
        return mounts;
    }

    /** Blanks, tabs, line breaks and backslashes stand there as a backslash and three octal digits. */
    private static String unescape(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + 3 < field.length()) {
                text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(field.charAt(i));
            }
        }
        return text.toString();
    }

    /** Whether the hierarchy's groups with this path are below what is mounted. */
    boolean shows(String path) {
        return root.equals("/") ? !path.startsWith("/..") : path.equals(root) || path.startsWith(root + "/");
    }

    /** Whether it was made outside of our cgroup namespace: of a group whose path, from here, leads up. */
    boolean isFromAbove() {
        return root.startsWith("/..");
    }

    /** The folder of a group that is shown. */
    String folderOf(String path) {
        String below = root.equals("/") ? path : path.substring(root.length());
        return below.equals("/") ? mountPoint : mountPoint + below;
    }
}
