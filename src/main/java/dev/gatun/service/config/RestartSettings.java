package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.time.Duration;
import java.util.OptionalInt;

/** Whether, how often and how soon a process that has ended is started again. */
public record RestartSettings(RestartWhen when, OptionalInt maxRestarts, Duration backoffMin, Duration backoffMax) {

    static RestartSettings read(Section section) {
        RestartSettings settings = new RestartSettings(
                section.choice("policy", RestartWhen.NO, "After which ends the process is started again"),
                section.integer("maxRestarts", Range.between(0, 1_000_000),
                        "How often in a row; a healthy run gives them back. Without this key there is no limit"),
                section.seconds("backoffMinSeconds", Duration.ofMillis(500), Range.positive(),
                        "Delay of the first restart; it doubles with each failure in a row"),
                section.seconds("backoffMaxSeconds", Duration.ofSeconds(30), Range.positive(),
                        "The longest delay of a restart"));
        if (settings.backoffMin.compareTo(settings.backoffMax) > 0) {
            section.error("backoffMinSeconds", "more than backoffMaxSeconds", "at most backoffMaxSeconds");
        }
        return settings;
    }

    /** The same, but there is no restart. */
    RestartSettings never() {
        return new RestartSettings(RestartWhen.NO, maxRestarts, backoffMin, backoffMax);
    }
}
