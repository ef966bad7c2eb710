package dev.gatun.service.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceRecordTest {

    @Test
    void isReadableForPeople() {
        InstanceRecord record = new InstanceRecord(
                Optional.of(new ProcessIdentity(12, 345)), new ProcessIdentity(11, 344), "abc", "/bin/web");
        assertThat(record.format()).isEqualTo("""
                pid=12
                start-ticks=345
                boot-id=abc
                launcher-pid=11
                launcher-start-ticks=344
                command=/bin/web
                """);
    }

    @Property
    void isWhatWasWritten(
            @ForAll @Positive int pid, @ForAll @Positive long start, @ForAll boolean started,
            @ForAll @StringLength(max = 20) String command) {
        InstanceRecord record = new InstanceRecord(
                started ? Optional.of(new ProcessIdentity(pid, start)) : Optional.empty(),
                new ProcessIdentity(pid, start), "boot", command.replace('\n', ' '));
        assertThat(InstanceRecord.parse(record.format())).contains(record);
    }

    @Test
    void aLineBreakInTheCommandIsNoLine() {
        InstanceRecord record = new InstanceRecord(
                Optional.empty(), new ProcessIdentity(11, 344), "abc", "a\npid=1");
        assertThat(InstanceRecord.parse(record.format()).orElseThrow().process()).isEmpty();
    }

    @Test
    void knowsNothingOfOtherKeys() {
        assertThat(InstanceRecord.parse("future=1\nlauncher-pid=1\nlauncher-start-ticks=2"))
                .contains(new InstanceRecord(Optional.empty(), new ProcessIdentity(1, 2), "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "launcher-pid=1", "launcher-pid=x\nlauncher-start-ticks=2",
        "pid=1\nlauncher-pid=1\nlauncher-start-ticks=2"})
    void rubbishIsNone(String text) {
        assertThat(InstanceRecord.parse(text)).isEmpty();
    }
}
