package dev.gatun.run;

import dev.gatun.linux.Accounts;
import dev.gatun.process.ProcessSetup;
import java.util.List;
import java.util.Optional;

/** Turns {@code --user} and {@code --groups} into numbers. */
final class Identity {

    private final Accounts accounts;

    Identity(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Sets user, group and supplementary groups; a user brings its own groups unless others are given. */
    void apply(Optional<String> user, Optional<List<String>> groups, ProcessSetup setup) {
        try {
            if (user.isPresent()) {
                setup.credentials(credentials(user.get()));
            }
            if (groups.isPresent()) {
                setup.groups(accounts.gids(groups.get()));
            }
        } catch (IllegalArgumentException unknown) {
            throw new LaunchRefused(LaunchRefused.OWN_FAILURE, unknown.getMessage());
        }
    }

    private Accounts.Credentials credentials(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? accounts.credentials(text, Optional.empty())
                : accounts.credentials(text.substring(0, colon), Optional.of(text.substring(colon + 1)));
    }
}
