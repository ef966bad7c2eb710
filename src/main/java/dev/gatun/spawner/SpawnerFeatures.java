package dev.gatun.spawner;

import dev.gatun.process.Capabilities;
import dev.gatun.process.LauncherFeature;
import dev.gatun.spawner.message.SpawnerCapabilities;
import java.util.EnumSet;
import java.util.Set;

/** What a launcher can do whose spawner says what that can do. */
final class SpawnerFeatures {

    static final String KIND = "external";

    /** Of these the protocol has no capability: a spawner that cannot honour them answers a launch with {@code unsupported}. */
    private static final Set<LauncherFeature> UP_TO_THE_SPAWNER = EnumSet.of(
            LauncherFeature.BINDING, LauncherFeature.USER, LauncherFeature.WORKING_DIRECTORY, LauncherFeature.CGROUP);

    private SpawnerFeatures() {}

    static Capabilities of(SpawnerCapabilities spawner) {
        Set<LauncherFeature> features = EnumSet.copyOf(UP_TO_THE_SPAWNER);
        add(features, spawner.recover(), LauncherFeature.RECOVER);
        add(features, spawner.signal(), LauncherFeature.EXIT_SIGNAL);
        add(features, spawner.stdio() == SpawnerCapabilities.Output.CAPTURED, LauncherFeature.CAPTURED_OUTPUT);
        add(features, spawner.pid(), LauncherFeature.PID);
        add(features, spawner.limits(), LauncherFeature.LIMITS);
        add(features, spawner.limits(), LauncherFeature.RLIMITS);
        add(features, spawner.treeKill(), LauncherFeature.TREE_KILL);
        return new Capabilities(features);
    }

    private static void add(Set<LauncherFeature> features, boolean isThere, LauncherFeature feature) {
        if (isThere) {
            features.add(feature);
        }
    }
}
