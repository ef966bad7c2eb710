package dev.gatun.linux.cgroup;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A control group that is made for one process and its descendants, in version 2 or in each hierarchy of version 1 that a
 * limit needs (the kernel's admin-guide/cgroup-v2.rst and cgroup-v1). Whoever is born in it stays in it, whatever session
 * it makes, so it can be killed as a whole. For one thread at a time.
 */
public final class LimitedGroup {

    private final Libc libc;
    private final Set<CgroupFolder> folders;

    private LimitedGroup(Libc libc, Set<CgroupFolder> folders) {
        this.libc = libc;
        this.folders = folders;
    }

    /**
     * Makes the group.
     *
     * @param membership of this process, which tells where the hierarchies are
     * @param parent the group to make it in: {@code /a/b} from what is mounted on, {@code a/b} below our own group. It is
     *     made where it is missing. In version 2 a group with processes of its own cannot be one
     * @param name a file name
     * @throws UncheckedIOException naming the file that could not be made or written, what was written, and why; nothing
     *     is left of the group then
     */
    public static LimitedGroup create(
            Libc libc, CgroupMembership membership, String parent, String name, GroupLimits limits) {
        LimitedGroup group = new LimitedGroup(requireNonNull(libc), new LinkedHashSet<>());
        boolean isMade = false;
        try {
            for (String controller : limits.controllers()) {
                CgroupFolder own = membership.controller(controller).orElseThrow(
                        () -> new IOException("no hierarchy of control groups for " + controller + " is mounted here"));
                CgroupFolder folder = group.make(own, parent, name, controller);
                for (Map.Entry<String, String> file : limits.files(controller, folder.version()).entrySet()) {
                    write(Path.of(folder.path(), file.getKey()), file.getValue());
                }
            }
            isMade = true;
            return group;
        } catch (IOException refused) {
            throw new UncheckedIOException(refused.getMessage(), refused);
        } finally {
            if (!isMade) {
                group.remove();
            }
        }
    }

    private CgroupFolder make(CgroupFolder own, String parent, String name, String controller) throws IOException {
        boolean isAbsolute = parent.startsWith("/");
        Path above = Path.of(isAbsolute ? own.mountPoint() : own.path(), isAbsolute ? parent.substring(1) : parent);
        CgroupFolder folder =
                new CgroupFolder(own.version(), above.resolve(name).toString(), own.mountPoint());
        try {
            Files.createDirectories(above);
            if (own.version() == CgroupVersion.V2) {
                write(above.resolve("cgroup.subtree_control"), "+" + controller);
            }
            if (folders.add(folder)) {
                Files.createDirectory(above.resolve(name));
            }
        } catch (IOException refused) {
            throw new IOException("cannot make the control group " + above.resolve(name) + ": " + refused, refused);
        }
        return folder;
    }

    private static void write(Path file, String text) throws IOException {
        try {
            // The kernel wants it in one write, and a file that is there.
            Files.write(file, text.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
        } catch (IOException refused) {
            throw new IOException("cannot write " + text + " to " + file + ": " + refused.getMessage(), refused);
        }
    }

    /** What a child writes itself to, to be in the group. */
    public List<CString> procsFiles() {
        List<CString> files = new ArrayList<>();
        for (CgroupFolder folder : folders) {
            files.add(CString.of(folder.path() + "/cgroup.procs"));
        }
        return files;
    }

    /** Who is in it now, zombies not. */
    public List<Integer> pids() {
        List<Integer> pids = new ArrayList<>();
        String text = folders.iterator().next().read(libc, "cgroup.procs").orElse("");
        for (String line : text.split("\n")) {
            if (!line.isEmpty()) {
                pids.add(Integer.parseInt(line));
            }
        }
        return pids;
    }

    /**
     * Kills whoever is in it: at one stroke where the kernel can (version 2, Linux 5.14), else one after the other, so that
     * a fork in between escapes until the next time.
     */
    public void kill() {
        Path file = Path.of(folders.iterator().next().path(), "cgroup.kill");
        try {
            if (Files.exists(file)) {
                write(file, "1");
                return;
            }
        } catch (IOException refused) {
            // Then one after the other.
        }
        killOneByOne();
    }

    private void killOneByOne() {
        for (int pid : pids()) {
            try {
                PidFd.open(libc, pid).ifPresent(pidfd -> killIfMember(pid, pidfd));
            } catch (LinuxException refused) {
                // No descriptor left, or a member that has changed its user: the others are in reach.
            }
        }
    }

    /** The number may have gone to a stranger before it was opened; whoever is a member afterwards is meant. */
    private void killIfMember(int pid, PidFd pidfd) {
        try (pidfd) {
            if (pids().contains(pid)) {
                pidfd.send(Signal.KILL.number());
            }
        }
    }

    /** What says that the OOM killer has been at work in it, {@code memory.events oom_kill 1}; empty where nothing does. */
    public String oomEvidence() {
        for (CgroupFolder folder : folders) {
            String file = folder.version() == CgroupVersion.V2 ? "memory.events" : "memory.oom_control";
            OptionalLong kills = FlatKeyed.value(folder.read(libc, file).orElse(""), "oom_kill");
            if (kills.isPresent() && kills.getAsLong() > 0) {
                return file + " oom_kill " + kills.getAsLong();
            }
        }
        return "";
    }

    /**
     * Removes the group.
     *
     * @return false where somebody is still in it
     */
    public boolean remove() {
        folders.removeIf(folder -> {
            try {
                Files.deleteIfExists(Path.of(folder.path()));
                return true;
            } catch (IOException populated) {
                return false;
            }
        });
        return folders.isEmpty();
    }
}
