package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {

    @Test
    void namesAndMeaningsAreThoseOfTheCLibrary() {
        Optional<MethodHandle> names = Raw.ofInt("strerrorname_np", true);
        Optional<MethodHandle> meanings = Raw.ofInt("strerrordesc_np", true);
        assumeTrue(names.isPresent() && meanings.isPresent(), "skipped: strerrorname_np is in glibc 2.32 and younger");
        for (int errno = 1; errno < 200; errno++) {
            String name = Raw.text(names.get(), errno);
            String expected = name.isEmpty() ? "errno " + errno : name + " (" + Raw.text(meanings.get(), errno) + ")";
            assertThat(Errno.describe(errno)).isEqualTo(expected);
        }
    }

    @Test
    void nameAndNumberBelongTogether() {
        for (int errno = 1; errno < 200; errno++) {
            String name = Errno.name(errno);
            assertThat(Errno.number(name)).isEqualTo(name.startsWith("errno ") ? 0 : errno);
        }
        assertThat(Errno.number("EPERM")).isEqualTo(Errno.EPERM).isEqualTo(1);
        assertThat(Errno.number("ENONE")).isZero();
        assertThat(Errno.number("")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, errno 0", "-1, errno -1", "41, errno 41", "999, errno 999", "2147483647, errno 2147483647"})
    void describesNumbersWithoutAName(int errno, String text) {
        assertThat(Errno.describe(errno)).isEqualTo(text);
        assertThat(Errno.name(errno)).isEqualTo(text);
    }

    @Test
    void exceptionTellsCallArgumentAndMeaning() {
        LinuxException failure = new LinuxException("setrlimit", Errno.EPERM, "RLIMIT_NOFILE, 65536");
        assertThat(failure).hasMessage("setrlimit(RLIMIT_NOFILE, 65536): EPERM (Operation not permitted)");
        assertThat(failure.call()).isEqualTo("setrlimit");
        assertThat(failure.errno()).isEqualTo(Errno.EPERM);
        assertThat(LinuxException.check(0, "f", "")).isZero();
        assertThat(LinuxException.check(5, "f", "")).isEqualTo(5);
    }

    @Test
    void spawnFailureTellsTheStep() {
        SpawnFailure failure = new SpawnFailure(4, "setrlimit", "RLIMIT_NOFILE, 65536:65536", Errno.EPERM);
        assertThat(failure.describe())
                .isEqualTo("setrlimit(RLIMIT_NOFILE, 65536:65536): EPERM (Operation not permitted)");
        assertThat(failure).hasToString("step 4, " + failure.describe());
        assertThat(failure.isExec()).isFalse();
        assertThat(new SpawnFailure(9, "execve", "/x", Errno.ENOENT).isExec()).isTrue();
        assertThat(new SpawnFailure(0, "clone", "CLONE_VM", Errno.EAGAIN))
                .hasToString("clone(CLONE_VM): EAGAIN (Resource temporarily unavailable)");
        assertThat(new SpawnFailure(2, "getppid", "must be 7", 0))
                .hasToString("step 2, getppid(must be 7): unexpected result");
    }

    @Test
    void architecturesGoByTheJvmsNames() {
        assertThat(Architecture.of("amd64")).isEqualTo(Architecture.of("x86_64")).isEqualTo(Architecture.X86_64);
        assertThat(Architecture.of("aarch64")).isEqualTo(Architecture.of("arm64")).isEqualTo(Architecture.AARCH64);
        assertThatThrownBy(() -> Architecture.of("riscv64"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("riscv64");
    }
}
