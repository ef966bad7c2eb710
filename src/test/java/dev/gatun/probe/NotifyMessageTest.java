package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotifyMessageTest {

    private static NotifyMessage parse(String text) {
        return NotifyMessage.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Notification single(String text) {
        NotifyMessage message = parse(text);
        assertThat(message.problems()).isEmpty();
        assertThat(message.notifications()).hasSize(1);
        return message.notifications().getFirst();
    }

    @Test
    void everyAssignmentHasItsType() {
        assertThat(single("READY=1")).isEqualTo(new Notification.Ready());
        assertThat(single("RELOADING=1")).isEqualTo(new Notification.Reloading());
        assertThat(single("STOPPING=1")).isEqualTo(new Notification.Stopping());
        assertThat(single("STATUS=Größe = 1")).isEqualTo(new Notification.Status("Größe = 1"));
        assertThat(single("STATUS=")).isEqualTo(new Notification.Status(""));
        assertThat(single("ERRNO=2")).isEqualTo(new Notification.ErrorNumber(2));
        assertThat(single("BUSERROR=org.x.Error")).isEqualTo(new Notification.BusError("org.x.Error"));
        assertThat(single("MAINPID=4711")).isEqualTo(new Notification.MainPid(4711));
        assertThat(single("WATCHDOG=1")).isEqualTo(new Notification.Watchdog());
        assertThat(single("WATCHDOG=trigger")).isEqualTo(new Notification.WatchdogTrigger());
        assertThat(single("WATCHDOG_USEC=1500000"))
                .isEqualTo(new Notification.WatchdogInterval(Duration.ofMillis(1500)));
        assertThat(single("WATCHDOG_USEC=0")).isEqualTo(new Notification.WatchdogInterval(Duration.ZERO));
        assertThat(single("EXTEND_TIMEOUT_USEC=20000000"))
                .isEqualTo(new Notification.ExtendTimeout(Duration.ofSeconds(20)));
    }

    @Test
    void oneMessageSaysSeveralThingsInItsOrder() {
        assertThat(parse("STATUS=up\nREADY=1\n\nWATCHDOG_USEC=5\n").notifications()).containsExactly(
                new Notification.Status("up"), new Notification.Ready(),
                new Notification.WatchdogInterval(Duration.ofNanos(5000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "\n", "READY", "READY=0", "READY=", "ready=1", " READY=1", "=1", "FDSTORE=1", "FDNAME=x", "BARRIER=1",
        "MONOTONIC_USEC=1", "X_OWN=1", "WATCHDOG=0", "STOPPING=yes",
    })
    void whatMeansNothingIsSkipped(String text) {
        assertThat(parse(text)).isEqualTo(new NotifyMessage(List.of(), List.of()));
        assertThat(parse(text + "\nREADY=1").notifications()).containsExactly(new Notification.Ready());
    }

    @ParameterizedTest
    @CsvSource({
        "ERRNO=, a number",
        "ERRNO=-2, a number",
        "MAINPID=x1, a pid",
        "WATCHDOG_USEC=1s, a number of microseconds",
        "WATCHDOG_USEC=1.5, a number of microseconds",
        "EXTEND_TIMEOUT_USEC=٣, a number of microseconds",
    })
    void aNumberThatIsNoneIsAProblem(String line, String expected) {
        NotifyMessage message = parse("READY=1\n" + line + "\nSTATUS=x");
        assertThat(message.problems()).containsExactly(line + " is not " + expected);
        assertThat(message.notifications())
                .containsExactly(new Notification.Ready(), new Notification.Status("x"));
    }

    /** The largest of 64 bits stands for infinity. */
    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551615", "9223372036854775807", "99999999999999999999999999"})
    void hugeTimesAreForEver(String micros) {
        Duration time = ((Notification.ExtendTimeout) single("EXTEND_TIMEOUT_USEC=" + micros)).time();
        assertThat(time).isGreaterThan(Duration.ofDays(36_000));
        assertThat(System.nanoTime() + time.toNanos()).isPositive();
        assertThat(single("MAINPID=" + micros)).isEqualTo(new Notification.MainPid(Integer.MAX_VALUE));
    }

    @Test
    void whatIsNoTextIsAProblemAsAWhole() {
        assertThat(NotifyMessage.parse(new byte[]{'R', 'E', 'A', 'D', 'Y', '=', '1', '\n', (byte) 0xff}))
                .isEqualTo(new NotifyMessage(List.of(), List.of("it is not UTF-8")));
        assertThat(parse("READY=1\n\0"))
                .isEqualTo(new NotifyMessage(List.of(), List.of("it contains a NUL")));
    }
}
