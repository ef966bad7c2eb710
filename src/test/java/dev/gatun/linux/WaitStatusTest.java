package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.linux.Rlimit.Resource;
import dev.gatun.linux.proc.ProcFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoFdLeak.class)
class WaitStatusTest {

    /** Those whose default is to be ignored or to stop; CONT continues (signal(7)). */
    private static final Set<Integer> NOT_DEADLY = Set.of(17, 18, 19, 20, 21, 22, 23, 28);

    /** Every word the kernel can give: exits, ends by a signal with and without core, stops, and continued. */
    private static List<Integer> words() {
        List<Integer> words = new ArrayList<>();
        for (int code = 0; code <= 255; code++) {
            words.add(code << 8);
        }
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            words.add(signal);
            words.add(signal | 0x80);
            words.add(signal << 8 | 0x7f);
        }
        words.add(0xffff);
        return words;
    }

    @Test
    void readsEveryWordAsTheMacrosDo() throws Exception {
        CCompiler.assumeInstalled("cc", "gcc");
        StringBuilder source = new StringBuilder("#define _GNU_SOURCE\n#include <sys/wait.h>\n#include <stdio.h>\n"
                + "int words[] = {");
        StringBuilder ours = new StringBuilder();
        for (int word : words()) {
            source.append(word).append(',');
            ours.append(read(new WaitStatus(word))).append('\n');
        }
        source.append("};\nint main() { for (unsigned i = 0; i < sizeof words / 4; i++) { int w = words[i];\n"
                + "if (WIFEXITED(w)) printf(\"exit %d\", WEXITSTATUS(w));\n"
                + "if (WIFSIGNALED(w)) printf(\"signal %d core %d\", WTERMSIG(w), WCOREDUMP(w) != 0);\n"
                + "if (WIFSTOPPED(w)) printf(\"stop %d\", WSTOPSIG(w));\n"
                + "if (WIFCONTINUED(w)) printf(\"continue\");\n"
                + "printf(\"\\n\"); } return 0; }\n");
        assertThat(ours.toString()).isEqualTo(CCompiler.X86_64.run(source.toString()));
    }

    private static String read(WaitStatus status) {
        String text = status.exited() ? "exit " + status.exitCode() : "";
        text += status.signalled() ? "signal " + status.signal() + " core " + (status.dumpedCore() ? 1 : 0) : "";
        text += status.stopped() ? "stop " + status.signal() : "";
        return text + (status.continued() ? "continue" : "");
    }

    @Test
    void everyWordMeansOneThing() {
        for (int word : words()) {
            WaitStatus status = new WaitStatus(word);
            long meanings = Stream.of(
                    status.exited(), status.signalled(), status.stopped(), status.continued())
                    .filter(yes -> yes)
                    .count();
            assertThat(meanings).as("%x", word).isEqualTo(1);
            assertThat(status.ended()).as("%x", word).isEqualTo(status.exited() || status.signalled());
        }
    }

    @Test
    void allExitCodesAreRead() {
        for (int code = 0; code <= 255; code++) {
            WaitStatus status = new WaitStatus(code << 8);
            assertThat(status.exited()).isTrue();
            assertThat(status.exitCode()).isEqualTo(code);
            assertThat(status).hasToString("exited with " + code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, exited with 0", "15, ended by SIGTERM", "139, ended by SIGSEGV (core dumped)", "32, ended by signal 32",
        "34, ended by SIGRTMIN", "4991, stopped by SIGSTOP", "65535, continued", "64, ended by SIGRTMIN+30"
    })
    void saysItInWords(int word, String words) {
        assertThat(new WaitStatus(word)).hasToString(words);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 77, 125, 126, 127, 128, 129, 137, 143, 254, 255})
    void realExits(int code) {
        WaitStatus status = RealChild.run(RealChild.NOTHING, "/bin/sh", "-c", "exit " + code).status();
        assertThat(status).isEqualTo(new WaitStatus(code << 8));
    }

    static IntStream deadlySignals() {
        return IntStream.rangeClosed(1, Signal.MAX).filter(signal -> !NOT_DEADLY.contains(signal));
    }

    @ParameterizedTest
    @MethodSource("deadlySignals")
    void realEndsBySignal(int signal) {
        try (RealChild child = RealChild.cat(tape -> tape.limit(new Rlimit(Resource.CORE, 0, 0)))) {
            child.send(new Signal(signal));
            WaitStatus status = child.collect().status();
            assertThat(status.signalled()).isTrue();
            assertThat(status.signal()).isEqualTo(signal);
            assertThat(status.ended()).isTrue();
        }
    }

    @TempDir
    Path folder;

    @Test
    void realCoreDump() {
        String pattern = ProcFile.readText(Kernel.LIBC, "/proc/sys/kernel/core_pattern").orElseThrow().trim();
        assumeTrue(!pattern.contains("/") && !pattern.startsWith("|"),
                "skipped: a core dump would go elsewhere, core_pattern is " + pattern);
        Rlimit unlimited = new Rlimit(Resource.CORE, Rlimit.UNLIMITED, Rlimit.UNLIMITED);
        try (RealChild child = RealChild.cat(tape -> tape
                .workingDirectory(CString.of(folder.toString()))
                .limit(unlimited))) {
            child.send(Signal.QUIT);
            WaitStatus status = child.collect().status();
            assertThat(status.dumpedCore()).isTrue();
            assertThat(status).hasToString("ended by SIGQUIT (core dumped)");
        }
    }
}
