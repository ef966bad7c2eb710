package dev.gatun.linux.cgroup;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcFile;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A group as a folder in the file system.
 *
 * @param path the folder
 * @param mountPoint the uppermost folder of its hierarchy that can be seen from here
 */
public record CgroupFolder(CgroupVersion version, String path, String mountPoint) {

    /**
     * The text of one of its files without the line break at its end.
     *
     * @param file such as {@code memory.max}
     * @return empty when it has none: the root group has no limits, and a controller may not be enabled here
     * @throws LinuxException when it cannot be read
     */
    public Optional<String> read(Libc libc, String file) {
        return ProcFile.readText(libc, path + "/" + file).map(String::strip);
    }

    /** This group, its parent, and so on up to what is mounted: a limit of any of them is a limit of this one. */
    public List<CgroupFolder> upwards() {
        List<CgroupFolder> folders = new ArrayList<>();
        String folder = path;
        while (folder.length() > mountPoint.length()) {
            folders.add(new CgroupFolder(version, folder, mountPoint));
            folder = folder.substring(0, folder.lastIndexOf('/'));
        }
        folders.add(new CgroupFolder(version, mountPoint, mountPoint));
        return folders;
    }

    /** Whether we may make groups below this one: not on a read-only mount, and not where it is somebody else's. */
    public boolean isWritable(Libc libc) {
        try (Arena arena = Arena.ofConfined()) {
            return libc.access(CString.of(path).allocate(arena), Linux.W_OK()) == 0;
        }
    }
}
