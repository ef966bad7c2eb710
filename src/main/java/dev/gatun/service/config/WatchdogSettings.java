package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * When the service uses too much memory, and what is done about it.
 *
 * @param enabled absent for what the configuration type has as its default
 * @param poll from one look to the next, far away from the limits
 * @param softLimitPercent of the limit; from here on it is warned
 * @param hardLimitPercent of the limit; from here on it is stopped
 * @param recoverPercent of the limit; a warning ends below it
 * @param grace from the stop signal to KILL
 * @param trigger whether the kernel is asked to tell when memory gets short, so that nobody waits for the next look
 */
public record WatchdogSettings(
        Optional<Boolean> enabled,
        Duration poll,
        double softLimitPercent,
        double hardLimitPercent,
        double recoverPercent,
        Duration grace,
        WatchdogScope scope,
        WatchdogAction action,
        boolean trigger,
        DumpSettings dump) {

    /** How far below the soft limit a warning ends, in percent of the limit: enough not to flap. */
    private static final double HYSTERESIS_PERCENT = 5;

    static WatchdogSettings read(Section section) {
        double soft = section.decimal("softLimitPercent", 85, Range.percent(),
                "Percentage of the memory limit from which on a warning is logged");
        double hard = section.decimal("hardLimitPercent", 95, Range.percent(),
                "Percentage of the memory limit from which on the service is stopped");
        if (soft >= hard) {
            section.error("softLimitPercent", soft + " with hardLimitPercent " + hard,
                    "a soft limit below the hard limit");
        }
        double recover = section.decimal("recoverPercent", Math.max(0, soft - HYSTERESIS_PERCENT), Range.percent(),
                "Percentage of the memory limit below which a warning is taken back; by default 5 below softLimitPercent");
        if (recover > soft) {
            section.error("recoverPercent", recover + " with softLimitPercent " + soft,
                    "at most the soft limit");
        }
        return new WatchdogSettings(
                section.flag("enabled", "Watch the memory; by default on for python, off for java and executable"),
                section.seconds("pollIntervalSeconds", Duration.ofSeconds(5), Range.positive(),
                        "Time between two looks; it gets shorter near the limits"),
                soft,
                hard,
                recover,
                section.seconds("gracePeriodSeconds", Duration.ofSeconds(30), Range.atLeast(0),
                        "Time from the stop signal to KILL of the whole tree; 0 is KILL at once"),
                section.choice("scope", WatchdogScope.TREE,
                        "Whose memory counts: of the service and its descendants, of its process alone, of the control group"),
                section.choice("action", WatchdogAction.TERMINATE,
                        "What follows at the hard limit: terminate, restart as the restart policy says, or dump and terminate"),
                section.flag("trigger", true,
                        "Have the kernel tell when memory gets short, where it can, instead of waiting for the next look"),
                section.section("dump", "The dump that action dump takes", DumpSettings::read));
    }

    /** The same, but nothing is watched. */
    WatchdogSettings off() {
        return new WatchdogSettings(
                Optional.of(false), poll, softLimitPercent, hardLimitPercent, recoverPercent, grace, scope, action,
                false, dump);
    }
}
