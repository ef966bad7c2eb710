package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.linux.SpawnTape.Builder;
import dev.gatun.linux.proc.ProcFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The last step: what program gets which arguments and which environment. */
@ExtendWith(NoFdLeak.class)
class SpawnTapeExecTest {

    private static final CString CAT = CString.of("/bin/cat");

    /** {@code MAX_ARG_STRLEN} of execve(2): what a single string must be shorter than. */
    private static final int LONGEST_STRING = 32 * 4096;

    @TempDir
    Path folder;

    private static RealChild cat(List<CString> arguments, List<CString> environment) {
        RealChild child = RealChild.start(
                LIBC, tape -> tape.resetSignals(SignalSet.NONE), CAT, arguments, environment);
        child.echo();
        return child;
    }

    private static byte[] terminated(List<CString> strings) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (CString string : strings) {
            for (int i = 0; i < string.length(); i++) {
                bytes.write(string.at(i));
            }
            bytes.write(0);
        }
        return bytes.toByteArray();
    }

    @Test
    void bytesThatAreNoTextArriveAsTheyAre() {
        byte[] all = new byte[255];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i + 1);
        }
        List<CString> arguments = List.of(CAT, CString.of("-"), CString.of("--"), CString.of("-"), CString.of("-"));
        List<CString> environment = List.of(CString.of("A=").plus(CString.ofBytes(all)), CString.ofBytes(all));
        try (RealChild child = cat(List.of(CString.ofBytes(all), CString.of("-")), environment)) {
            assertThat(child.procBytes("cmdline"))
                    .isEqualTo(terminated(List.of(CString.ofBytes(all), CString.of("-"))));
            assertThat(child.procBytes("environ")).isEqualTo(terminated(environment));
        }
        try (RealChild child = cat(arguments, List.of())) {
            assertThat(child.procBytes("cmdline")).isEqualTo(terminated(arguments));
            assertThat(child.procBytes("environ")).isEmpty();
        }
    }

    @Test
    void emptyArgumentsAreArguments() {
        RealChild.Finished finished =
                RealChild.run(RealChild.NOTHING, "/bin/sh", "-c", "echo $#; printf '<%s>' \"$@\"", "", "", "a b", "");
        assertThat(finished.output()).isEqualTo("3\n<><a b><>");
    }

    /** Since Linux 5.18 the kernel puts an empty string where there is no argument at all. */
    @Test
    void noArgumentsAtAll() {
        SpawnTape tape = SpawnTape.builder()
                .resetSignals(SignalSet.NONE)
                .execute(CString.of("/bin/true"), List.of(), List.of(), false)
                .build();
        Spawned spawned = (Spawned) tape.spawn(LIBC);
        assertThat(new Children(LIBC).await(spawned.pid()).orElseThrow().status().ended()).isTrue();
        spawned.pidfd().close();
    }

    @Test
    void noArgumentsAtAllForTheShell() throws Exception {
        Path script = script("script", "exit $(($# + 40))\n");
        CString path = CString.of(script.toString());
        SpawnTape tape =
                SpawnTape.builder().resetSignals(SignalSet.NONE).execute(path, List.of(), List.of(), true).build();
        Spawned spawned = (Spawned) tape.spawn(LIBC);
        assertThat(new Children(LIBC).await(spawned.pid()).orElseThrow().status().exitCode()).isEqualTo(40);
        spawned.pidfd().close();
    }

    @Test
    void aLongEnvironmentArrivesWhole() {
        List<CString> environment = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            environment.add(CString.of("V" + i + "=" + (char) ('a' + i) + "x".repeat(65_536)));
        }
        for (int i = 0; i < 1000; i++) {
            environment.add(CString.of("SHORT" + i + "=" + i));
        }
        try (RealChild child = cat(List.of(CAT), environment)) {
            assertThat(child.procBytes("environ")).hasSizeGreaterThan(1 << 20).isEqualTo(terminated(environment));
        }
    }

    @Test
    void theLongestStringArrivesAndOneByteMoreIsRefused() {
        CString longest = CString.of("x".repeat(LONGEST_STRING - 1));
        try (RealChild child = cat(List.of(longest), List.of())) {
            assertThat(child.procBytes("cmdline")).hasSize(LONGEST_STRING);
        }
        CString tooLong = longest.plus(CString.of("x"));
        assertThat(failing(CAT, List.of(CAT, tooLong), List.of(), false))
                .isEqualTo(new SpawnFailure(1, "execve", "/bin/cat", Errno.number("E2BIG")));
        assertThat(failing(CAT, List.of(CAT), List.of(tooLong), true))
                .isEqualTo(new SpawnFailure(1, "execve", "/bin/cat", Errno.number("E2BIG")));
    }

    /** All together: a quarter of the stack's limit, and never more than 6 MiB (execve(2)). */
    @Test
    void tooMuchTogetherIsRefused() {
        List<CString> many = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            many.add(CString.of("x".repeat(LONGEST_STRING - 1)));
        }
        assertThat(failing(CAT, many, List.of(), false).errno()).isEqualTo(Errno.number("E2BIG"));
    }

    private static SpawnFailure failing(
            CString program, List<CString> arguments, List<CString> environment, boolean shellFallback) {
        return RealChild.failing(
                SpawnTape.builder().execute(program, arguments, environment, shellFallback).build());
    }

    private Path script(String name, String text) throws Exception {
        Path script = Files.writeString(folder.resolve(name), text);
        assertThat(script.toFile().setExecutable(true, false)).isTrue();
        return script;
    }

    @Test
    void aFileWithoutAFormatGoesToTheShell() throws Exception {
        Path script = script("my script", "printf '<%s>' \"$0\" \"$@\"; echo $VARIABLE; exit 6\n");
        CString path = CString.of(script.toString());
        List<CString> arguments = List.of(CString.of("name"), CString.of("a b"), CString.of(""), CString.of("-c"));
        try (Pipe output = Pipe.open(LIBC)) {
            SpawnResult result = tape(output)
                    .execute(path, arguments, CString.listOf("VARIABLE=value"), true)
                    .build()
                    .spawn(LIBC);
            Spawned spawned = (Spawned) result;
            Kernel.awaitReadable(spawned.pidfd());
            assertThat(new String(Kernel.read(output.readEnd()), StandardCharsets.UTF_8))
                    .isEqualTo("<" + script + "><a b><><-c>value\n");
            assertThat(new Children(LIBC).collect(spawned.pid()).orElseThrow().status().exitCode()).isEqualTo(6);
            spawned.pidfd().close();
        }
    }

    private static Builder tape(Pipe output) {
        return SpawnTape.builder().redirect(1, output.writeEnd()).resetSignals(SignalSet.NONE);
    }

    @Test
    void withoutTheFallbackItIsAFailure() throws Exception {
        CString path = CString.of(script("script", "exit 6\n").toString());
        assertThat(failing(path, List.of(path), List.of(), false))
                .isEqualTo(new SpawnFailure(1, "execve", path.toString(), Errno.ENOEXEC));
    }

    @Test
    void theFallbackIsForNothingElse() throws Exception {
        CString none = CString.of(folder.resolve("none").toString());
        assertThat(failing(none, List.of(none), List.of(), true))
                .isEqualTo(new SpawnFailure(1, "execve", none.toString(), Errno.ENOENT));
        try (Pipe output = Pipe.open(LIBC)) {
            SpawnResult result = tape(output)
                    .execute(CString.of("/bin/echo"), CString.listOf("echo", "once"), List.of(), true)
                    .build()
                    .spawn(LIBC);
            Spawned spawned = (Spawned) result;
            new Children(LIBC).await(spawned.pid());
            assertThat(Kernel.read(output.readEnd())).asString().isEqualTo("once\n");
            spawned.pidfd().close();
        }
    }

    /** The first string of a program's arguments is its name, and need not be its path. */
    @Test
    void theNameMayBeAnother() {
        assumeTrue(ProcFile.read(LIBC, "/bin/bash").isPresent(), "skipped: there is no bash here");
        RealChild child = RealChild.start(
                LIBC,
                tape -> tape.resetSignals(SignalSet.NONE),
                CString.of("/bin/bash"),
                CString.listOf("-name", "-c", "echo $BASH_ARGV0; shopt -q login_shell && echo login"),
                RealChild.environment());
        try (child) {
            assertThat(child.finish().output()).endsWith("login\n");
        }
    }

    @Test
    void theEnvironmentIsTheGivenOneAlone() {
        try (RealChild child = cat(List.of(CAT), CString.listOf("ONLY=this"))) {
            assertThat(child.procText("environ")).isEqualTo("ONLY=this\0");
        }
    }

    @Test
    void aScriptWithAnInterpreterIsTheKernels() throws Exception {
        Path script = script("script", "#!/bin/sh -e\necho \"$0\" \"$1\"\nfalse\n");
        RealChild.Finished finished = RealChild.run(RealChild.NOTHING, script.toString(), "x");
        assertThat(finished.output()).isEqualTo(script + " x\n");
        assertThat(finished.status().exitCode()).isEqualTo(1);
    }
}
