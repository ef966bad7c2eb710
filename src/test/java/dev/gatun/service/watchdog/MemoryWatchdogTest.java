package dev.gatun.service.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.SystemLibc;
import dev.gatun.loop.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryWatchdogTest implements MemoryWatchdog.Listener {
    private static final Thresholds THRESHOLDS = Thresholds.of(1000, 80, 85, 95);

    private final EventLoop loop = EventLoop.open(new SystemLibc(), problem -> {
        throw new AssertionError(problem);
    });
    private final ArrayDeque<Long> samples = new ArrayDeque<>();
    private final List<String> news = new ArrayList<>();
    private final MemoryWatchdog watchdog =
            new MemoryWatchdog("web", loop, this::next, THRESHOLDS, Duration.ofMillis(1), this);

    private long next(long exactFromBytes) {
        assertThat(exactFromBytes).isEqualTo(THRESHOLDS.softBytes());
        return samples.size() == 1 ? samples.peek() : samples.remove();
    }

    private void playUntilLast(long... bytes) {
        for (long sample : bytes) {
            samples.add(sample);
        }
        watchdog.start();
        while (samples.size() > 1) {
            loop.runOnce();
        }
    }

    @AfterEach
    void close() {
        watchdog.stop();
        loop.close();
    }

    @Test
    void warnsOnceAndTakesItBackWithHysteresis() {
        playUntilLast(100, 860, 900, 840, 860, 700, 860, 700, 100, 100);
        assertThat(news).containsExactly("warning 860", "recovered 700", "warning 860", "recovered 700");
        assertThat(watchdog.level()).isEqualTo(Level.HEALTHY);
    }

    @Test
    void takesNoSampleAfterTheHardLimit() {
        samples.addAll(List.of(100L, 960L, 970L, 980L));
        watchdog.start();
        while (watchdog.level() != Level.HARD_LIMIT) {
            loop.runOnce();
        }
        watchdog.look();
        assertThat(news).containsExactly("exceeded 960");
        assertThat(samples).containsExactly(970L, 980L);
        watchdog.terminating();
        assertThat(watchdog.level()).isEqualTo(Level.TERMINATING);
    }

    @Test
    void tellsOnceThatNothingCanBeRead() {
        playUntilLast(-1, -1, 100, -1, 860, 860);
        assertThat(news).containsExactly("unreadable", "unreadable", "warning 860");
    }

    @Test
    void watchesTheNextRunAfresh() {
        samples.addAll(List.of(990L, 100L, 990L));
        watchdog.start();
        while (news.isEmpty()) {
            loop.runOnce();
        }
        watchdog.start();
        assertThat(watchdog.level()).isEqualTo(Level.HEALTHY);
        while (news.size() < 2) {
            loop.runOnce();
        }
        assertThat(news).containsExactly("exceeded 990", "exceeded 990");
    }

    @Override
    public void onWarning(long bytes, Thresholds thresholds) {
        news.add("warning " + bytes);
    }

    @Override
    public void onRecovered(long bytes, Thresholds thresholds) {
        news.add("recovered " + bytes);
    }

    @Override
    public void onExceeded(long bytes, Thresholds thresholds) {
        news.add("exceeded " + bytes);
    }

    @Override
    public void onUnreadable() {
        news.add("unreadable");
    }
}
