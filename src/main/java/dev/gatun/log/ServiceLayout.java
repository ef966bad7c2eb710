package dev.gatun.log;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LocalTime;
import java.time.Clock;
import java.util.Map;

/**
 * The layouts of a service's launcher, as its readers know them from python-service-launcher: lines with local time for
 * people, or JSON objects with their keys in order.
 */
public final class ServiceLayout {

    private ServiceLayout() {}

    /**
     * {@code 2026/11/20 10:08:07.123456 WARNING: message key=value}: local time; values in quotes where they would be
     * mistaken without.
     */
    public static LineLayout text(Libc libc) {
        return new ServiceTextLayout(Clock.systemUTC(), new LocalTime(libc)::offsetSeconds);
    }

    /**
     * One JSON object a line, its keys in alphabetical order: {@code level}, {@code logger}, {@code message}, {@code
     * timestamp} (UTC, nanoseconds), what the event has to say, and the fields given here, which come in place of others
     * of their name, those four included.
     *
     * @throws IllegalArgumentException where the fields take more than 2048 bytes of a line, which has 4096
     */
    public static LineLayout json(Map<String, String> fields) {
        return new ServiceJsonLayout(Clock.systemUTC(), fields);
    }
}
