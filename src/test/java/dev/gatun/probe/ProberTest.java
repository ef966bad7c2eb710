package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Errno;
import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.ListeningSocket;
import dev.gatun.linux.NoFdLeak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class ProberTest {

    /** A check that is answered by hand, and does not heed a cancel: the worst that can be. */
    private static final class Manual implements Check {

        private final ArrayDeque<Answer> open = new ArrayDeque<>();
        private int begun;
        private int cancelled;
        private Duration timeout;

        @Override
        public Kind kind() {
            return Kind.TCP;
        }

        @Override
        public Attempt begin(Duration limit, Answer answer) {
            begun++;
            timeout = limit;
            open.add(answer);
            return () -> cancelled++;
        }

        void answer(CheckResult result) {
            open.removeFirst().onResult(result);
        }
    }

    private static final CheckResult GOOD = CheckResult.succeeded();
    private static final CheckResult BAD = CheckResult.failed("bad");

    private final TestLoop test = new TestLoop();
    private final Manual check = new Manual();
    private final List<String> told = new ArrayList<>();
    private final Prober.Listener listener = new Prober.Listener() {
        @Override
        public void onReady() {
            told.add("ready");
        }

        @Override
        public void onNotReady(String reason) {
            told.add(reason);
        }
    };

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        test.close();
    }

    private static ProbeSchedule schedule(Duration interval, Duration startup, int failures) {
        return new ProbeSchedule(Duration.ZERO, interval, Duration.ofSeconds(20), startup, 1, failures, 0);
    }

    private static final ProbeSchedule QUICK = schedule(Duration.ofMillis(1), Duration.ZERO, 2);

    private Prober prober(Check check, ProbeSchedule schedule) {
        return new Prober("service", test.loop, check, schedule, () -> 0, listener);
    }

    private void answer(CheckResult result) {
        test.until("an attempt", () -> !check.open.isEmpty());
        check.answer(result);
    }

    @Test
    void changesAreToldAndNothingElse() {
        Prober prober = prober(check, QUICK);
        prober.start();
        assertThat(prober.isReady()).isFalse();
        answer(BAD);
        answer(GOOD);
        assertThat(prober.isReady()).isTrue();
        answer(GOOD);
        answer(BAD);
        assertThat(prober.isReady()).isTrue();
        answer(BAD);
        assertThat(prober.isReady()).isFalse();
        answer(BAD);
        answer(GOOD);
        assertThat(told).containsExactly("ready", "bad (2 failures in a row)", "ready");
        assertThat(check.timeout).isEqualTo(Duration.ofSeconds(20));
        prober.stop();
    }

    /** Attempts do not overlap, however long one takes. */
    @Test
    void anAttemptBeginsWhenTheOneBeforeHasEnded() {
        Prober prober = prober(check, QUICK);
        prober.start();
        test.turn(Duration.ofMillis(30));
        assertThat(check.begun).isEqualTo(1);
        answer(GOOD);
        test.until("the next", () -> check.begun == 2);
        prober.stop();
    }

    @Test
    void theFirstAttemptWaitsForTheInitialDelay() {
        Prober prober = prober(check, new ProbeSchedule(Duration.ofMillis(50), Duration.ofSeconds(1),
                Duration.ofSeconds(1), Duration.ZERO, 1, 1, 0));
        long start = test.loop.nanos();
        prober.start();
        test.until("the first attempt", () -> check.begun == 1);
        assertThat(test.loop.nanos() - start).isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
        prober.stop();
    }

    @Test
    void aStartThatTakesTooLongIsToldWithoutAnAnswer() {
        Prober prober = prober(check, schedule(Duration.ofMillis(1), Duration.ofMillis(50), 1));
        prober.start();
        answer(BAD);
        answer(BAD);
        assertThat(told).isEmpty();
        test.until("the end of the startup time", () -> !told.isEmpty());
        assertThat(told).containsExactly("failed to become ready within 50 ms: bad");
        answer(GOOD);
        assertThat(told).last().isEqualTo("ready");
        prober.stop();
    }

    @Test
    void aNewProcessIsOneThatNothingIsKnownOf() {
        Prober prober = prober(check, QUICK);
        prober.start();
        answer(GOOD);
        answer(BAD);
        test.until("an attempt", () -> !check.open.isEmpty());
        Check.Answer old = check.open.removeFirst();
        prober.start();
        assertThat(check.cancelled).isEqualTo(1);
        assertThat(prober.isReady()).isFalse();
        answer(BAD);
        old.onResult(BAD);
        assertThat(told).as("one failure each").containsExactly("ready");
        old.onResult(GOOD);
        assertThat(prober.isReady()).isFalse();
        answer(GOOD);
        assertThat(told).containsExactly("ready", "ready");
        prober.stop();
    }

    @Test
    void oneThatIsStoppedAsksNoMore() {
        Prober prober = prober(check, schedule(Duration.ofMillis(1), Duration.ofMillis(20), 1));
        prober.start();
        test.until("an attempt", () -> check.begun == 1);
        prober.stop();
        prober.stop();
        check.answer(BAD);
        test.turn(Duration.ofMillis(40));
        assertThat(check.begun).isEqualTo(1);
        assertThat(check.cancelled).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void theListenerMayStopIt() {
        Prober[] prober = new Prober[1];
        prober[0] = new Prober("service", test.loop, check, QUICK, () -> 0, new Prober.Listener() {
            @Override
            public void onReady() {
                prober[0].stop();
            }

            @Override
            public void onNotReady(String reason) {
                told.add(reason);
            }
        });
        prober[0].start();
        answer(GOOD);
        test.turn(Duration.ofMillis(20));
        assertThat(check.begun).isEqualTo(1);
        assertThat(prober[0].isReady()).isTrue();
    }

    @Test
    void anAttemptThatCannotBeginIsAFailure() {
        Check refused = new Check() {
            @Override
            public Kind kind() {
                return Kind.HTTP;
            }

            @Override
            public Attempt begin(Duration timeout, Answer answer) {
                throw new LinuxException("epoll_ctl", Errno.ENOMEM, "x");
            }
        };
        Prober prober = prober(refused, QUICK);
        prober.start();
        test.until("the news", () -> !told.isEmpty());
        assertThat(told).containsExactly("epoll_ctl(x): ENOMEM (Cannot allocate memory) (2 failures in a row)");
        prober.stop();
    }

    @Test
    void aRealServerComesAndGoes() {
        ListeningSocket reserved = ListeningSocket.bind(test.libc, InternetAddress.parse("127.0.0.1", 0), 1);
        InternetAddress address = InternetAddress.parse("127.0.0.1", reserved.port());
        reserved.close();
        Prober prober = prober(new TcpCheck(test.libc, test.loop, address), QUICK);
        prober.start();
        test.until("no server", () -> told.size() == 1);
        assertThat(told.getFirst())
                .isEqualTo("connect " + address + ": ECONNREFUSED (Connection refused) (2 failures in a row)");
        try (ListeningSocket server = ListeningSocket.bind(test.libc, address, 1024)) {
            test.until("the server at port " + server.port(), () -> told.size() == 2);
        }
        test.until("no server again", () -> told.size() == 3);
        assertThat(told.get(1)).isEqualTo("ready");
        prober.stop();
        assertThat(test.problems).isEmpty();
    }

    @Test
    void resultsAreRecorded() throws Exception {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.gatun.ProbeResult");
            recording.start();
            Prober prober = prober(check, QUICK);
            prober.start();
            answer(GOOD);
            answer(BAD);
            prober.stop();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.getString("process")).isEqualTo("service");
            assertThat(event.getString("kind")).isEqualTo("tcp");
            assertThat(event.getDuration()).isPositive();
        });
        assertThat(events.getFirst().getBoolean("success")).isTrue();
        assertThat(events.getFirst().getString("reason")).isEmpty();
        assertThat(events.getLast().getBoolean("success")).isFalse();
        assertThat(Optional.of(events.getLast().getString("reason"))).contains("bad");
    }
}
