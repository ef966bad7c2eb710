package dev.gatun.engine.systemd;

import dev.gatun.process.ResourceLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether limits are in force. systemd takes every limit and is silent about those it cannot keep, as for a user's
 * manager to which the controller was not delegated; a tenant without a limit must not come of that.
 */
final class LimitCheck {

    static final Path UNIFIED = Path.of("/sys/fs/cgroup");

    private LimitCheck() {}

    /**
     * Looks into the unit's control group.
     *
     * @param mount of cgroup v2; where it is none, nothing can be told and nothing is objected to
     * @param controlGroup of the unit, below the mount
     * @return which limit is missing
     */
    static Optional<String> missing(Path mount, String controlGroup, ResourceLimits limits) {
        if (controlGroup.isEmpty() || !Files.exists(mount.resolve("cgroup.controllers"))) {
            return Optional.empty();
        }
        Path folder = mount.resolve(controlGroup.substring(1));
        Map<String, String> files = new LinkedHashMap<>();
        limits.memoryBytes().ifPresent(bytes -> files.put("memory.max", "memory"));
        limits.processors().ifPresent(count -> files.put("cpu.max", "processors"));
        limits.processes().ifPresent(count -> files.put("pids.max", "the number of processes"));
        return files.entrySet().stream()
                .filter(file -> !isLimited(folder.resolve(file.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                // A group that has ended has no limits any more.
                .filter(missing -> Files.isDirectory(folder));
    }

    private static boolean isLimited(Path file) {
        try {
            return !Files.readString(file, StandardCharsets.US_ASCII).startsWith("max");
        } catch (IOException missing) {
            return false;
        }
    }
}
