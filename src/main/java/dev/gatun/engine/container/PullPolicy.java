package dev.gatun.engine.container;

import dev.gatun.process.LauncherSettings;
import java.util.Locale;

/** When an image is fetched from its registry. */
enum PullPolicy {
    ALWAYS,
    /** Where the engine does not have it. */
    MISSING,
    NEVER;

    static PullPolicy of(LauncherSettings settings, String name) {
        String text = settings.text(name, "missing");
        for (PullPolicy policy : values()) {
            if (policy.name().toLowerCase(Locale.ROOT).equals(text)) {
                return policy;
            }
        }
        throw settings.wrong(name, "always, missing or never");
    }
}
