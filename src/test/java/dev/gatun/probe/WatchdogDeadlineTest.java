package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rules by tables. Each word of a script is a second of its own: R ready, W alive, S stopping, T trigger, L reloading,
 * I and a number for a new interval, E and one for an extension, a dot for nothing.
 */
class WatchdogDeadlineTest {

    private static final long SECOND = 1_000_000_000L;

    private static WatchdogDeadline run(String script, int interval) {
        WatchdogDeadline deadline = WatchdogDeadline.atStart(Duration.ofSeconds(interval));
        long now = 0;
        for (String word : script.split(" ")) {
            now += SECOND;
            if (!word.equals(".")) {
                deadline = deadline.on(notification(word), now);
            }
        }
        return deadline;
    }

    private static Notification notification(String word) {
        return switch (word.charAt(0)) {
            case 'R' -> new Notification.Ready();
            case 'W' -> new Notification.Watchdog();
            case 'S' -> new Notification.Stopping();
            case 'T' -> new Notification.WatchdogTrigger();
            case 'L' -> new Notification.Reloading();
            case 'I' -> new Notification.WatchdogInterval(Duration.ofSeconds(Integer.parseInt(word.substring(1))));
            case 'E' -> new Notification.ExtendTimeout(Duration.ofSeconds(Integer.parseInt(word.substring(1))));
            default -> throw new AssertionError(word);
        };
    }

    @ParameterizedTest
    @CsvSource({
        // interval, script, second of the deadline, 0 for none
        "10, ., 0",
        "10, W W W, 0",
        "10, E60, 0",
        "10, R, 11",
        "10, W R, 12",
        "10, E60 R, 12",
        "10, R W, 12",
        "10, R . . W, 14",
        "10, R R R, 11",
        "10, R L W R, 13",
        "10, R E5, 11",
        "10, R E60, 62",
        "10, R E60 W, 13",
        "10, R E60 E5, 62",
        "10, R I3, 5",
        "10, R I30, 32",
        "10, R I30 W, 33",
        "10, R I0, 0",
        "10, R I0 W I5, 9",
        "10, I3 R, 5",
        "0, R, 0",
        "0, R W E5, 0",
        "0, R I5, 7",
        "0, I5 R W, 8",
        "10, R S, 0",
        "10, R S W R, 0",
        "10, S R, 0",
        "10, T, 1",
        "0, R T, 2",
        "10, R S T, 3",
        "10, R T W E60 I60 T, 6",
        "10, R T W E60 I60, 2",
    })
    void theDeadlineFollowsWhatTheServiceSays(int interval, String script, int second) {
        OptionalLong expected = second == 0 ? OptionalLong.empty() : OptionalLong.of(second * SECOND);
        assertThat(run(script, interval).due()).isEqualTo(expected);
    }

    @Test
    void reasonsAreInWords() {
        assertThat(run("R", 10).reason()).isEqualTo("no WATCHDOG=1 within 10 s");
        assertThat(run("R I3", 10).reason()).isEqualTo("no WATCHDOG=1 within 3 s");
        assertThat(run("R T", 10).reason()).isEqualTo("it asked to be ended (WATCHDOG=trigger)");
    }
}
