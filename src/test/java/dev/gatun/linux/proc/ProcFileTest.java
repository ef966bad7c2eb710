package dev.gatun.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.SystemLibc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcFileTest {

    private static final Libc LIBC = new SystemLibc();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, 9000, 9999, 10_000, 10_001, Integer.MAX_VALUE})
    void readsNoMoreThanIsAskedFor(int mostBytes) throws Exception {
        byte[] content = new byte[10_000];
        new Random(1).nextBytes(content);
        String file = Files.write(folder.resolve("file"), content).toString();
        assertThat(ProcFile.read(LIBC, file)).contains(content);
        assertThat(ProcFile.read(LIBC, file, mostBytes))
                .contains(Arrays.copyOf(content, Math.min(mostBytes, content.length)));
    }

    @Test
    void whatHasNoEndIsCut() {
        assertThat(ProcFile.read(LIBC, "/dev/zero", 10_000)).contains(new byte[10_000]);
    }

    @Test
    void tellsNothingFromUnreadable() {
        assertThat(ProcFile.read(LIBC, folder + "/nothing", 10)).isEmpty();
        assertThatThrownBy(() -> ProcFile.read(LIBC, folder.toString(), 10))
                .isInstanceOf(LinuxException.class)
                .hasMessage("read(" + folder + "): EISDIR (Is a directory)");
    }
}
