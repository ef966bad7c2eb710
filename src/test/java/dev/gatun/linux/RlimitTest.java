package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Rlimit.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RlimitTest {

    @ParameterizedTest
    @EnumSource
    void readsNames(Resource resource) {
        assertThat(Resource.parse(resource.name())).contains(resource);
        assertThat(Resource.parse("RLIMIT_" + resource.name())).contains(resource);
        assertThat(Resource.parse(resource.name().toLowerCase(Locale.ROOT))).contains(resource);
        assertThat(Resource.parse("rlimit_" + resource.name().toLowerCase(Locale.ROOT))).contains(resource);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RLIMIT_", "NOFILES", "0", "RLIMIT_RLIMIT_NOFILE", " nofile"})
    void refusesWhatIsNone(String text) {
        assertThat(Resource.parse(text)).isEmpty();
    }

    @Test
    void theSoftLimitIsNotAboveTheHardOne() {
        assertThatThrownBy(() -> new Rlimit(Resource.NOFILE, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rlimit nofile: the soft limit 2 is above the hard limit 1");
        assertThatThrownBy(() -> new Rlimit(Resource.AS, Rlimit.UNLIMITED, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rlimit as: the soft limit unlimited is above the hard limit 1");
    }

    @Test
    void equalAndUnlimitedAreTaken() {
        assertThat(new Rlimit(Resource.CORE, 0, 0).soft()).isZero();
        assertThat(new Rlimit(Resource.CORE, 5, 5).hard()).isEqualTo(5);
        assertThat(new Rlimit(Resource.CORE, 5, Rlimit.UNLIMITED).soft()).isEqualTo(5);
        assertThat(new Rlimit(Resource.CORE, Rlimit.UNLIMITED, Rlimit.UNLIMITED).soft()).isEqualTo(-1);
        assertThat(new Rlimit(Resource.CORE, 0, Long.MAX_VALUE).hard()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void currentIsThatOfTheKernel(Resource resource) throws Exception {
        Rlimit current = Rlimit.current(Kernel.LIBC, resource);
        List<String> lines = Files.readAllLines(Path.of("/proc/self/limits"));
        // The kernel lists them by number, below a headline.
        assertThat(lines.get(1 + resource.number()).substring(26).trim().split(" +"))
                .startsWith(Rlimit.text(current.soft()), Rlimit.text(current.hard()));
    }

    @Test
    void isWrittenAsANumberOrUnlimited() {
        assertThat(Rlimit.text(0)).isEqualTo("0");
        assertThat(Rlimit.text(Rlimit.UNLIMITED)).isEqualTo("unlimited");
    }
}
