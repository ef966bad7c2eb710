package dev.gatun.run;

import dev.gatun.linux.Accounts;
import dev.gatun.process.ProcessSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Turns {@code --user} and {@code --groups} into numbers. */
final class Identity {

    private final Accounts accounts;

    Identity(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Sets user, group and supplementary groups; a user brings its own groups unless others are given. */
    void apply(Optional<String> user, Optional<List<String>> groups, ProcessSetup setup) {
        if (user.isPresent()) {
            applyUser(user.get(), groups.isEmpty(), setup);
        }
        if (groups.isPresent()) {
            setup.groups(gids(groups.get()));
        }
    }

    private void applyUser(String text, boolean withItsGroups, ProcessSetup setup) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Optional<Accounts.User> known = accounts.user(name);
        OptionalInt uid = known.isPresent() ? OptionalInt.of(known.get().uid()) : Accounts.number(name);
        if (uid.isEmpty()) {
            throw refused("user " + name + " is not in /etc/passwd");
        }
        if (colon < 0 && known.isEmpty()) {
            throw refused(
                    "user " + name + " is not in /etc/passwd, so its group must be given: --user " + name + ":GID");
        }
        int gid = colon < 0 ? known.get().gid() : gid(text.substring(colon + 1));
        setup.uid(uid.getAsInt()).gid(gid);
        if (withItsGroups) {
            boolean ownGroups = colon < 0;
            setup.groups(ownGroups ? toArray(accounts.groupsOf(known.get())) : new int[]{gid});
        }
    }

    private int[] gids(List<String> names) {
        List<Integer> gids = new ArrayList<>();
        for (String name : names) {
            gids.add(gid(name));
        }
        return toArray(gids);
    }

    private int gid(String name) {
        OptionalInt gid = accounts.group(name);
        if (gid.isEmpty()) {
            throw refused("group " + name + " is not in /etc/group");
        }
        return gid.getAsInt();
    }

    private static int[] toArray(List<Integer> numbers) {
        int[] array = new int[numbers.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = numbers.get(i);
        }
        return array;
    }

    private static LaunchRefused refused(String sentence) {
        return new LaunchRefused(LaunchRefused.OWN_FAILURE, sentence);
    }
}
