package dev.gatun.service.launch;

import dev.gatun.service.config.MemoryMode;
import dev.gatun.service.config.MemorySettings;
import dev.gatun.service.config.WatchdogSettings;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Memory settings as the files have them by default, with what a test changes. */
final class Memory {

    static final WatchdogSettings WATCHDOG = Services.read("configVersion: 1").watchdog();

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
        return Services.read("watchdog: {softLimitPercent: " + soft + ", hardLimitPercent: " + hard + "}").watchdog();
    }
}
