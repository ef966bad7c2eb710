package dev.gatun.service.launch;

import dev.gatun.service.config.DumpSettings;
import dev.gatun.service.config.MemoryMode;
import dev.gatun.service.config.MemorySettings;
import dev.gatun.service.config.WatchdogAction;
import dev.gatun.service.config.WatchdogScope;
import dev.gatun.service.config.WatchdogSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Memory settings as the files have them by default, with what a test changes. */
final class Memory {

    static final WatchdogSettings WATCHDOG = watchdog(85, 95);

    private Memory() {}

    static MemorySettings mode(MemoryMode mode) {
        return settings(mode, 75, OptionalLong.empty(), 0.10);
    }

    static MemorySettings fixed(long bytes) {
        return settings(MemoryMode.FIXED, 75, OptionalLong.of(bytes), 0.10);
    }

    static MemorySettings settings(MemoryMode mode, double percent, OptionalLong fixed, double buffer) {
        return new MemorySettings(mode, percent, fixed, buffer, OptionalLong.of(131_072), OptionalInt.of(2));
    }

    static WatchdogSettings watchdog(double soft, double hard) {
        return new WatchdogSettings(
                Optional.empty(), Duration.ofSeconds(5), soft, hard, soft - 5, Duration.ofSeconds(30),
                WatchdogScope.TREE, WatchdogAction.TERMINATE, true,
                new DumpSettings(Optional.empty(), "var/log", List.of(), Duration.ofSeconds(60)));
    }
}
