package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.SpawnTape.Builder.FileMode;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What passes through an execution: descriptors, ignored signals and the mask. */
@ExtendWith(NoFdLeak.class)
class SpawnTapeInheritanceTest {

    private static final Set<Integer> STANDARD = Set.of(0, 1, 2);

    /** A child without any step that the helper would add. */
    private static RealChild bareCat(Consumer<SpawnTape.Builder> steps) {
        CString cat = CString.of("/bin/cat");
        RealChild child = RealChild.start(LIBC, steps, cat, List.of(cat), List.of());
        child.echo();
        return child;
    }

    private static Set<Integer> descriptors(RealChild child) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : new File(child.proc("fd").toString()).list()) {
            numbers.add(Integer.parseInt(name));
        }
        return numbers;
    }

    private static void inheritable(Fd fd) {
        assertThat(LIBC.fcntl(fd.number(), Linux.F_SETFD(), 0)).isZero();
    }

    @Test
    void onlyTheKeptDescriptorsAreInherited() {
        try (Pipe kept = Pipe.open(LIBC); Pipe other = Pipe.open(LIBC)) {
            List.of(kept.readEnd(), kept.writeEnd(), other.readEnd(), other.writeEnd())
                    .forEach(SpawnTapeInheritanceTest::inheritable);
            int first = kept.readEnd().number();
            int second = kept.writeEnd().number();
            try (RealChild child = bareCat(tape -> tape.resetSignals(SignalSet.NONE))) {
                assertThat(descriptors(child)).as("the control: all are inherited")
                        .contains(first, second, other.readEnd().number(), other.writeEnd().number());
            }
            try (RealChild child = bareCat(tape -> tape.closeDescriptorsExcept().resetSignals(SignalSet.NONE))) {
                assertThat(descriptors(child)).isEqualTo(STANDARD);
            }
            try (RealChild child = bareCat(
                    tape -> tape.closeDescriptorsExcept(first, second).resetSignals(SignalSet.NONE))) {
                assertThat(descriptors(child)).isEqualTo(with(first, second));
                Map<String, String> links = Map.of("fd/" + first, child.link("fd/" + first));
                assertThat(links.get("fd/" + first)).startsWith("pipe:");
            }
            try (RealChild child = bareCat(
                    tape -> tape.closeDescriptorsExcept(0, 2, second).resetSignals(SignalSet.NONE))) {
                assertThat(descriptors(child)).isEqualTo(with(second));
            }
        }
    }

    private static Set<Integer> with(Integer... numbers) {
        Set<Integer> all = new TreeSet<>(STANDARD);
        all.addAll(List.of(numbers));
        return all;
    }

    /** Keeping does not undo what the owner of the descriptor has said: ours are close-on-exec. */
    @Test
    void keptButCloseOnExecIsClosed() {
        try (Pipe pipe = Pipe.open(LIBC);
                RealChild child = bareCat(tape -> tape
                        .closeDescriptorsExcept(pipe.readEnd().number())
                        .resetSignals(SignalSet.NONE))) {
            assertThat(descriptors(child)).isEqualTo(STANDARD);
        }
    }

    /** The files that steps open stay open until the execution, and no longer. */
    @Test
    void whatTheTapeOpensIsNotInherited() {
        Set<Integer> without;
        try (RealChild child = bareCat(tape -> tape.resetSignals(SignalSet.NONE))) {
            without = descriptors(child);
        }
        try (RealChild child = bareCat(tape -> tape
                .redirectToFile(2, CString.of("/dev/null"), FileMode.APPEND)
                .oomScoreAdjustment(1000)
                .resetSignals(SignalSet.NONE))) {
            assertThat(child.link("fd/2")).isEqualTo("/dev/null");
            assertThat(descriptors(child)).isEqualTo(without);
        }
    }

    @Test
    void ourOwnDescriptorsStayOpen() {
        try (Pipe pipe = Pipe.open(LIBC)) {
            bareCat(tape -> tape.closeDescriptorsExcept().resetSignals(SignalSet.NONE)).close();
            Kernel.write(pipe.writeEnd(), "still here");
            assertThat(Kernel.read(pipe.readEnd())).asString().isEqualTo("still here");
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    /** Signals that the JVM leaves at their default, ignored for the time of the body. */
    private static void ignoring(SignalSet signals, Body body) throws Exception {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ignore = arena.allocate(Signal.SIGACTION_BYTES, 8);
            ignore.set(ValueLayout.JAVA_LONG, 0, 1);
            MemorySegment before = arena.allocate(Signal.SIGACTION_BYTES, 8);
            for (int signal = 1; signal <= Signal.MAX; signal++) {
                if (signals.contains(signal)) {
                    assertThat(LIBC.sigaction(signal, ignore, before)).isZero();
                    assertThat(before.get(ValueLayout.JAVA_LONG, 0)).as("SIG_DFL before").isZero();
                }
            }
            try {
                body.run();
            } finally {
                for (int signal = 1; signal <= Signal.MAX; signal++) {
                    if (signals.contains(signal)) {
                        new Signal(signal).restoreDefault(LIBC);
                    }
                }
            }
        }
    }

    private static final Signal REAL_TIME = new Signal(45);
    private static final SignalSet IGNORED = SignalSet.of(Signal.USR1, Signal.TTOU, new Signal(14), REAL_TIME);

    @Test
    void dispositionsAreTheDefault() throws Exception {
        ignoring(IGNORED, () -> {
            try (RealChild child = bareCat(RealChild.NOTHING)) {
                assertThat(new SignalSet(child.statusBits("SigIgn")).intersection(IGNORED))
                        .as("the control: ignored signals stay ignored").isEqualTo(IGNORED);
            }
            try (RealChild child = bareCat(tape -> tape.resetSignals(SignalSet.NONE))) {
                assertThat(child.statusBits("SigIgn")).isZero();
                assertThat(child.statusBits("SigCgt")).isZero();
                assertThat(child.statusBits("SigBlk")).isZero();
                assertThat(child.statusBits("SigPnd") | child.statusBits("ShdPnd")).isZero();
            }
        });
    }

    @Test
    void untouchedSignalsStayIgnored() throws Exception {
        SignalSet untouched = SignalSet.of(Signal.USR1, REAL_TIME, Signal.KILL);
        ignoring(IGNORED, () -> {
            try (RealChild child = bareCat(tape -> tape.resetSignals(untouched))) {
                assertThat(new SignalSet(child.statusBits("SigIgn"))).isEqualTo(SignalSet.of(Signal.USR1, REAL_TIME));
                assertThat(child.statusBits("SigBlk")).isZero();
            }
        });
    }

    @Test
    void theMaskIsEmptyWhateverTheCallerBlocks() throws Exception {
        OwnThread.run(() -> {
            SignalSet.of(Signal.TERM, Signal.USR1, new Signal(64)).block(LIBC);
            try (RealChild child = bareCat(RealChild.NOTHING)) {
                assertThat(new SignalSet(child.statusBits("SigBlk")).contains(Signal.USR1.number()))
                        .as("the control: the mask is inherited").isTrue();
            }
            try (RealChild child = bareCat(tape -> tape.resetSignals(SignalSet.NONE))) {
                assertThat(child.statusBits("SigBlk")).isZero();
            }
        });
    }

    @Test
    void aMaskIsGivenOnRequest() {
        SignalSet blocked = SignalSet.of(Signal.HUP, Signal.WINCH, new Signal(64));
        try (RealChild child = bareCat(tape -> tape.resetSignals(SignalSet.NONE, blocked))) {
            assertThat(new SignalSet(child.statusBits("SigBlk"))).isEqualTo(blocked);
            assertThat(child.statusBits("SigIgn")).isZero();
        }
    }

    /** The dispositions of this process are its own: the child has a copy. */
    @Test
    void handlersOfTheParentStay() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment before = arena.allocate(Signal.SIGACTION_BYTES, 8);
            MemorySegment after = arena.allocate(Signal.SIGACTION_BYTES, 8);
            assertThat(LIBC.sigaction(Signal.SEGV.number(), MemorySegment.NULL, before)).isZero();
            bareCat(tape -> tape.resetSignals(SignalSet.NONE)).close();
            assertThat(LIBC.sigaction(Signal.SEGV.number(), MemorySegment.NULL, after)).isZero();
            assertThat(before.get(ValueLayout.JAVA_LONG, 0)).isNotZero();
            assertThat(after.get(ValueLayout.JAVA_LONG, 0)).isEqualTo(before.get(ValueLayout.JAVA_LONG, 0));
        }
    }
}
