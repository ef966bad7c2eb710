package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {

    @ParameterizedTest
    @CsvSource({
        "TERM, 15", "SIGTERM, 15", "sigterm, 15", "term, 15", "15, 15", "' 15 ', 15", "' term', 15", "HUP, 1", "1, 1",
        "64, 64", "32, 32", "RTMIN, 34", "SIGRTMIN, 34", "rtmin+3, 37", "SIGRTMIN+30, 64", "RTMAX, 64", "RTMAX-1, 63",
        "SIGRTMAX-30, 34", "IOT, 6", "CLD, 17", "POLL, 29", "SIGPOLL, 29", "SYS, 31", "STKFLT, 16", "RTMIN+0, 34"
    })
    void readsNamesAndNumbers(String text, int number) {
        assertThat(Signal.parse(text)).contains(new Signal(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "SIG", "NONE", "TERMX", "0", "-1", "65", "99999999999", "SIG15", "RTMIN+31", "RTMIN-1", "RTMAX+1",
        "RTMAX-31", "RTMIN+", "RTMIN++3", "RTMAX--1", "RTMINX", "1.5", "SIGSIGTERM", "+15", "１５"
    })
    void refusesWhatIsNone(String text) {
        assertThat(Signal.parse(text)).isEmpty();
    }

    /** The Turkish capital of i is not I. */
    @Test
    void readsNamesAlikeInEveryLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.of("tr"));
            assertThat(Signal.parse("sigint")).contains(Signal.INT);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void readsItsOwnNames() {
        for (int number = 1; number <= Signal.MAX; number++) {
            Optional<Signal> read = Signal.parse(Signal.name(number));
            boolean named = number != 32 && number != 33;
            assertThat(read).isEqualTo(named ? Optional.of(new Signal(number)) : Optional.empty());
        }
    }

    @Test
    void namesAreThoseOfTheCLibrary() {
        Optional<MethodHandle> names = Raw.ofInt("sigabbrev_np", true);
        assumeTrue(names.isPresent(), "skipped: sigabbrev_np is in glibc 2.32 and younger");
        for (int number = 1; number <= 31; number++) {
            // Of the two names for 29 the C library says POLL.
            assertThat(Signal.parse(Raw.text(names.get(), number))).contains(new Signal(number));
        }
    }

    @Test
    void realTimeSignalsStartWhereTheCLibrarySays() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle first = linker.downcallHandle(
                linker.defaultLookup().find("__libc_current_sigrtmin").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT));
        assertThat((int) first.invokeExact()).isEqualTo(Signal.RTMIN);
    }

    @ParameterizedTest
    @CsvSource({"15, SIGTERM", "34, SIGRTMIN", "35, SIGRTMIN+1", "64, SIGRTMIN+30", "32, signal 32", "33, signal 33"})
    void hasADisplayName(int number, String name) {
        assertThat(new Signal(number).displayName()).isEqualTo(name);
        assertThat(new Signal(number)).hasToString(name);
    }

    @Test
    void namesNumbersThatAreNoSignals() {
        assertThat(Signal.name(0)).isEqualTo("signal 0");
        assertThat(Signal.name(65)).isEqualTo("signal 65");
        assertThat(Signal.name(-1)).isEqualTo("signal -1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65, Integer.MAX_VALUE})
    void hasNoOtherNumbers(int number) {
        assertThatThrownBy(() -> new Signal(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signal " + number + ": expected 1 to 64");
    }

    @Test
    void isOrderedByNumber() {
        assertThat(List.of(Signal.TERM, Signal.HUP, Signal.KILL).stream().sorted())
                .containsExactly(Signal.HUP, Signal.KILL, Signal.TERM);
    }
}
