package dev.gatun.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.NoFdLeak;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.SystemLibc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class ProcStatusTest {

    private final Libc libc = new SystemLibc();

    @TempDir
    Path folder;

    private ProcStatus status(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("status"), text);
        return ProcStatus.read(libc, file.toString()).orElseThrow();
    }

    @Test
    void readsAFieldByItsWholeName() throws Exception {
        ProcStatus status =
                status("Name:\tcat\nUmask:\t0022\nSigBlk:\t0\nShdSigBlk:\t5\nSeccomp:\t2\nSeccomp_filters:\t1");
        assertThat(status.field("Name")).contains("cat");
        assertThat(status.field("Umask")).contains("0022");
        assertThat(status.field("Seccomp")).contains("2");
        assertThat(status.field("SigBlk")).contains("0");
        assertThat(status.field("Seccomp_filters")).as("the last line, without an end").contains("1");
        assertThat(status.field("mask")).isEmpty();
        assertThat(status.field("Nam")).isEmpty();
        assertThat(status.field("")).isEmpty();
    }

    @Test
    void aNameOrAnEmptyValueIsNoOtherField() throws Exception {
        ProcStatus status = status("Name:\tSigBlk: 1\nGroups:\t \nSigBlk:\t0000000000000001\n");
        assertThat(status.field("SigBlk")).contains("0000000000000001");
        assertThat(status.field("Groups")).contains("");
    }

    @Test
    void readsSignalSets() throws Exception {
        ProcStatus status = status("Name:\tx\nSigBlk:\t8000000000004001\nSigIgn:\t0000000000001000\n");
        assertThat(status.blocked()).isEqualTo(SignalSet.of(Signal.HUP, Signal.TERM, new Signal(64)));
        assertThat(status.ignored()).isEqualTo(SignalSet.of(Signal.PIPE));
    }

    @Test
    void readsTheRealThing() {
        ProcStatus status = ProcStatus.read(libc, "/proc/self/status").orElseThrow();
        assertThat(status.field("Pid")).contains(Long.toString(libc.getpid()));
        assertThat(status.field("PPid")).contains(Long.toString(libc.getppid()));
    }

    @Test
    void thereIsNoneOfAProcessThatIsNotThere() {
        assertThat(ProcStatus.read(libc, "/proc/" + (1 << 30) + "/status")).isEmpty();
    }

    @Test
    void filesAreReadToTheirEnd() throws Exception {
        for (int size : new int[]{0, 1, 4095, 4096, 4097, 100_000}) {
            Path file = Files.writeString(folder.resolve("file"), "x".repeat(size));
            assertThat(ProcFile.read(libc, file.toString())).get().extracting(bytes -> bytes.length).isEqualTo(size);
        }
        assertThat(ProcFile.readText(libc, "/proc/self/comm")).get().asString().endsWith("\n");
    }

    @Test
    void textIsUtf8() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "Schleuse €");
        assertThat(ProcFile.readText(libc, file.toString())).contains("Schleuse €");
    }

    @Test
    void onlyWhatIsNotThereIsEmpty() {
        assertThat(ProcFile.read(libc, folder + "/none")).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> ProcFile.read(libc, folder.toString()))
                .isInstanceOf(LinuxException.class)
                .hasMessage("read(" + folder + "): EISDIR (Is a directory)");
    }
}
