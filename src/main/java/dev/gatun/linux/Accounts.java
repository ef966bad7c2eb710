package dev.gatun.linux;

import dev.gatun.linux.proc.ProcFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The users and groups of {@code /etc/passwd} and {@code /etc/group} (passwd(5), group(5)). Read as files: the C
 * library's lookups may load modules and talk to servers, which is no business of a PID 1.
 */
public final class Accounts {

    private static final int ID = 2;
    private static final int PRIMARY_GROUP = 3;
    private static final int MEMBERS = 3;
    private static final int HOME = 5;

    private final String passwd;
    private final String group;

    Accounts(String passwd, String group) {
        this.passwd = passwd;
        this.group = group;
    }

    public static Accounts read(Libc libc) {
        return new Accounts(
                ProcFile.readText(libc, "/etc/passwd").orElse(""),
                ProcFile.readText(libc, "/etc/group").orElse(""));
    }

    /**
     * A user.
     *
     * @param name empty for a number that no line names
     * @param gid primary group
     * @param home home folder
     */
    public record User(String name, int uid, int gid, String home) {}

    /** Finds a user by name or number. */
    public Optional<User> user(String nameOrUid) {
        for (String line : passwd.split("\n")) {
            String[] fields = line.split(":", -1);
            if (fields.length > HOME && (fields[0].equals(nameOrUid) || fields[ID].equals(nameOrUid))) {
                OptionalInt uid = number(fields[ID]);
                OptionalInt gid = number(fields[PRIMARY_GROUP]);
                if (uid.isPresent() && gid.isPresent()) {
                    return Optional.of(new User(fields[0], uid.getAsInt(), gid.getAsInt(), fields[HOME]));
                }
            }
        }
        return Optional.empty();
    }

    /** Finds a group's number by its name; a number is taken as it is. */
    public OptionalInt group(String nameOrGid) {
        OptionalInt gid = number(nameOrGid);
        if (gid.isPresent()) {
            return gid;
        }
        for (String line : group.split("\n")) {
            String[] fields = line.split(":", -1);
            if (fields.length > ID && fields[0].equals(nameOrGid)) {
                return number(fields[ID]);
            }
        }
        return OptionalInt.empty();
    }

    /** The groups that a user is a member of, its primary one first (initgroups(3)). */
    public List<Integer> groupsOf(User user) {
        List<Integer> gids = new ArrayList<>(List.of(user.gid()));
        for (String line : group.split("\n")) {
            String[] fields = line.split(":", -1);
            if (fields.length > MEMBERS && List.of(fields[MEMBERS].split(",")).contains(user.name())) {
                OptionalInt gid = number(fields[ID]);
                if (gid.isPresent() && !gids.contains(gid.getAsInt())) {
                    gids.add(gid.getAsInt());
                }
            }
        }
        return gids;
    }

    /**
     * Who a process is to be.
     *
     * @param groups all of them, the primary one too
     */
    public record Credentials(int uid, int gid, List<Integer> groups) {

        public Credentials {
            groups = List.copyOf(groups);
        }
    }

    /**
     * A user as a process has it, by name or number.
     *
     * @param group by name or number; empty for the user's own and the further ones it is a member of
     * @throws IllegalArgumentException with one sentence where one of them is unknown
     */
    public Credentials credentials(String user, Optional<String> group) {
        Optional<User> known = user(user);
        OptionalInt uid = known.isPresent() ? OptionalInt.of(known.get().uid()) : number(user);
        if (uid.isEmpty()) {
            throw new IllegalArgumentException("user " + user + " is not in /etc/passwd");
        }
        if (group.isPresent()) {
            int gid = gid(group.get());
            return new Credentials(uid.getAsInt(), gid, List.of(gid));
        }
        if (known.isEmpty()) {
            throw new IllegalArgumentException(
                    "user " + user + " is not in /etc/passwd, so its group must be given: " + user + ":GID");
        }
        return new Credentials(uid.getAsInt(), known.get().gid(), groupsOf(known.get()));
    }

    /**
     * A group by name or number.
     *
     * @throws IllegalArgumentException with one sentence where it is unknown
     */
    public int gid(String nameOrGid) {
        OptionalInt gid = group(nameOrGid);
        if (gid.isEmpty()) {
            throw new IllegalArgumentException("group " + nameOrGid + " is not in /etc/group");
        }
        return gid.getAsInt();
    }

    /**
     * Groups by name or number, in their order.
     *
     * @throws IllegalArgumentException with one sentence where one is unknown
     */
    public int[] gids(List<String> namesOrGids) {
        int[] gids = new int[namesOrGids.size()];
        for (int i = 0; i < gids.length; i++) {
            gids[i] = gid(namesOrGids.get(i));
        }
        return gids;
    }

    /** A user or group number: below 2^32 - 1, which the kernel takes for "leave it". */
    public static OptionalInt number(String text) {
        try {
            int value = Integer.parseUnsignedInt(text);
            return value == -1 || text.startsWith("+") ? OptionalInt.empty() : OptionalInt.of(value);
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }
}
