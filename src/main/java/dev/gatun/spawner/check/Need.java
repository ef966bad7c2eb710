package dev.gatun.spawner.check;

import dev.gatun.spawner.message.SpawnerCapabilities;
import java.util.function.Predicate;

/** What a spawner must claim for a check to make sense. */
public enum Need {
    RECOVER("recover is true", SpawnerCapabilities::recover),
    SIGNAL("signal is true", SpawnerCapabilities::signal),
    CAPTURED("stdio is captured", claims -> claims.stdio() == SpawnerCapabilities.Output.CAPTURED),
    PID("pid is true", SpawnerCapabilities::pid),
    LIMITS("limits is true", SpawnerCapabilities::limits),
    NO_LIMITS("limits is false", claims -> !claims.limits()),
    CORE_DUMPED("core_dumped is true", SpawnerCapabilities::coreDumped),
    TREE_KILL("tree_kill is true", SpawnerCapabilities::treeKill);

    private final String words;
    private final Predicate<SpawnerCapabilities> isMet;

    Need(String words, Predicate<SpawnerCapabilities> isMet) {
        this.words = words;
        this.isMet = isMet;
    }

    /** As a clause: {@code recover is true}. */
    public String words() {
        return words;
    }

    boolean isMetBy(SpawnerCapabilities claims) {
        return isMet.test(claims);
    }
}
