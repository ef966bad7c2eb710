package dev.gatun.engine.container;

import dev.gatun.process.Capabilities;
import dev.gatun.process.LauncherFeature;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the engine can do on its kernel, by its own word. One that cannot set a limit starts the container without it and
 * says so in a warning that nobody reads: here such a launch is refused.
 *
 * @param limitsSwap without it a memory limit does not count what is swapped out
 * @param hasUnifiedCgroups whether there is one hierarchy of control groups (cgroup v2)
 * @param namesSlices whether systemd makes its control groups, which then have names of slices and not paths
 * @param hasNodes whether the kernel knows NUMA nodes
 * @param followsOutput whether a log that is followed has every line in it
 */
record EngineAbilities(
        boolean limitsMemory,
        boolean limitsSwap,
        boolean limitsProcessors,
        boolean limitsProcesses,
        boolean bindsProcessors,
        boolean hasUnifiedCgroups,
        boolean namesSlices,
        boolean hasNodes,
        boolean followsOutput) {

    Capabilities capabilities() {
        Set<LauncherFeature> features = EnumSet.of(
                LauncherFeature.CAPTURED_OUTPUT,
                LauncherFeature.RLIMITS,
                LauncherFeature.USER,
                LauncherFeature.WORKING_DIRECTORY,
                LauncherFeature.TREE_KILL,
                LauncherFeature.RECOVER);
        if (limitsMemory && limitsProcessors && limitsProcesses) {
            features.add(LauncherFeature.LIMITS);
        }
        if (bindsProcessors) {
            features.add(LauncherFeature.BINDING);
        }
        if (hasUnifiedCgroups) {
            features.add(LauncherFeature.CGROUP);
        }
        return new Capabilities(features);
    }
}
