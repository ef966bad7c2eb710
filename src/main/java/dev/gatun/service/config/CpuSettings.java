package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.util.OptionalInt;

/**
 * How many processors the service is told it has.
 *
 * @param autoDetect whether the control group's quota counts, or the processors alone
 * @param override this number and no other
 */
public record CpuSettings(boolean autoDetect, OptionalInt override) {

    static CpuSettings read(Section section) {
        int override = section.integer("override", 0, Range.atLeast(0),
                "This number of processors, whatever is detected; 0 is none");
        return new CpuSettings(
                section.flag("autoDetect", true,
                        "Take the control group's CPU quota into account, not only the number of processors"),
                override == 0 ? OptionalInt.empty() : OptionalInt.of(override));
    }
}
