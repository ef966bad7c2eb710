package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.NoFdLeak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class NotifyWatchdogTest {

    private static final Notification READY = new Notification.Ready();
    private static final Notification ALIVE = new Notification.Watchdog();

    private final TestLoop test = new TestLoop();
    private final List<String> expired = new ArrayList<>();
    private final NotifyWatchdog watchdog = new NotifyWatchdog(test.loop, expired::add);

    @AfterEach
    void close() {
        assertThat(test.problems).isEmpty();
        test.close();
    }

    @Test
    void silenceIsToldOnceAndNotBeforeItsTime() {
        watchdog.start(Duration.ofMillis(50));
        long ready = test.loop.nanos();
        watchdog.onNotification(READY);
        test.until("the end of patience", () -> !expired.isEmpty());
        assertThat(test.loop.nanos() - ready).isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
        watchdog.onNotification(ALIVE);
        test.turn(Duration.ofMillis(100));
        assertThat(expired).containsExactly("no WATCHDOG=1 within 50 ms");
    }

    @Test
    void whoSpeaksInTimeIsLeftAlone() {
        watchdog.start(Duration.ofSeconds(1));
        watchdog.onNotification(READY);
        long until = test.loop.nanos() + Duration.ofMillis(1500).toNanos();
        test.until("some time", () -> {
            watchdog.onNotification(ALIVE);
            test.loop.schedule(Duration.ofMillis(20), () -> {});
            return test.loop.nanos() > until;
        });
        assertThat(expired).isEmpty();
        watchdog.stop();
    }

    @Test
    void aShorterIntervalCountsAtOnce() {
        watchdog.start(Duration.ofHours(1));
        watchdog.onNotification(READY);
        watchdog.onNotification(new Notification.WatchdogInterval(Duration.ofMillis(20)));
        test.until("the end of patience", () -> !expired.isEmpty());
        assertThat(expired).containsExactly("no WATCHDOG=1 within 20 ms");
    }

    @Test
    void oneThatGivesItselfUpIsToldAtOnce() {
        watchdog.start(Duration.ZERO);
        watchdog.onNotification(new Notification.WatchdogTrigger());
        test.until("the news", () -> !expired.isEmpty());
        assertThat(expired).containsExactly("it asked to be ended (WATCHDOG=trigger)");
    }

    @Test
    void nothingIsExpectedBeforeTheStartNorAfterTheEnd() {
        watchdog.onNotification(READY);
        watchdog.start(Duration.ofMillis(10));
        test.turn(Duration.ofMillis(30));
        watchdog.onNotification(READY);
        watchdog.stop();
        watchdog.onNotification(ALIVE);
        test.turn(Duration.ofMillis(30));
        assertThat(expired).isEmpty();
    }

    @Test
    void aNewRunIsOneThatHasSaidNothing() {
        watchdog.start(Duration.ofMillis(20));
        watchdog.onNotification(READY);
        watchdog.start(Duration.ofMillis(20));
        test.turn(Duration.ofMillis(60));
        assertThat(expired).isEmpty();
        watchdog.stop();
    }
}
