package dev.gatun.run.it;

import static dev.gatun.run.it.Caller.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Python;
import dev.gatun.it.RunningGatun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the caller gives, the child gets: environment, arguments, streams, descriptors. */
class HandOverIT {

    private static final byte[] NOT_UTF8 = {(byte) 0xff, (byte) 0xfe, 'x', (byte) 0xc3};

    /** As a container without a locale has it, and all that is odd besides. */
    private static List<byte[]> oddEnvironment() {
        List<byte[]> entries = new ArrayList<>(List.of(
                bytes("PATH=" + System.getenv("PATH")),
                join(bytes("BYTES="), NOT_UTF8),
                join(bytes("N\u00e4me="), NOT_UTF8),
                bytes("spring.profiles.active=a,b"),
                bytes("dotted-na/me=\"quoted\" 'twice' $PATH `no`"),
                bytes("1DIGIT=x"),
                bytes("LINES=one\ntwo=2\n"),
                bytes("dotted.lines=one\ntwo=2\n\nPWD=/x\nend"),
                bytes("EMPTY="),
                bytes("BLANKS=  a  b  "),
                bytes("BACKSLASH=\\n\\0\\001"),
                bytes("CONTROL=\u0001\u0002"),
                bytes("JAVA_TOOL_OPTIONS=-XX:NoSuchOptionAnywhere"),
                bytes("JDK_JAVA_OPTIONS=-XX:NoSuchOptionEither"),
                bytes("_JAVA_OPTIONS=-Xmx1k"),
                bytes("_JAVA_SR_SIGNUM=40"),
                bytes("CLASSPATH=/no/such.jar"),
                bytes("LC_ALL=xx_YY.nope"),
                bytes("IFS=x"),
                bytes("_=/usr/bin/caller")));
        for (String name : List.of("GATUN_JAVA_HOME", "JAVA_HOME")) {
            if (System.getenv(name) != null) {
                entries.add(bytes(name + "=" + System.getenv(name)));
            }
        }
        return entries;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void environmentIsTheCallersByteByByte(boolean exec) {
        List<byte[]> environment = oddEnvironment();
        Gatun run = exec ? Gatun.run("--exec") : Gatun.run();
        Gatun.Ended ended =
                new Caller().environment(environment).calls(run.command("cat", "/proc/self/environ")).finish();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.code()).isZero();
        assertThat(entries(ended.bytes()))
                .containsExactlyInAnyOrderElementsOf(environment.stream().map(HandOverIT::show).toList());
    }

    @Test
    void shellVariablesOfTheCallerStayAsTheyAre() {
        List<byte[]> environment = List.of(
                bytes("PATH=" + System.getenv("PATH")),
                bytes("PWD=/somewhere/else"),
                bytes("OLDPWD=/before"),
                bytes("SHLVL=41"));
        Gatun.Ended ended =
                new Caller().environment(environment).calls(Gatun.run().command("cat", "/proc/self/environ")).finish();
        assertThat(entries(ended.bytes()))
                .containsExactlyInAnyOrderElementsOf(environment.stream().map(HandOverIT::show).toList());
    }

    @Test
    void emptyEnvironmentStaysEmpty() {
        Gatun.Ended ended =
                new Caller().environment(List.of()).calls(Gatun.run().command("/bin/cat", "/proc/self/environ"))
                        .finish();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.bytes()).isEmpty();
    }

    @Test
    void argumentsArriveByteByByte() {
        List<byte[]> arguments = List.of(
                bytes(""),
                NOT_UTF8,
                bytes("a b"),
                bytes("line\nend"),
                bytes("--"),
                bytes("-v"),
                bytes("$HOME *"),
                bytes("\u00e4\u20ac"),
                bytes("@file"),
                bytes(""));
        List<byte[]> words = new ArrayList<>();
        for (String word : Gatun.run().command("sh", "-c", "cat /proc/$$/cmdline; :", "sh").words()) {
            words.add(bytes(word));
        }
        words.addAll(arguments);
        Gatun.Ended ended = new Caller().calls(Gatun.run(), words).finish();
        byte[] expected = join(bytes("sh\0-c\0cat /proc/$$/cmdline; :\0sh\0"));
        for (byte[] argument : arguments) {
            expected = join(expected, argument, new byte[1]);
        }
        assertThat(ended.bytes()).isEqualTo(expected);
    }

    @Test
    void programGetsTheNameItWasCalledBy() {
        assertThat(Gatun.run().command("sh", "-c", "echo $0; tr '\\0' '\\n' < /proc/$$/cmdline").finish().out())
                .startsWith("sh\nsh\n-c\n");
    }

    @Test
    void streamsAreTheCallersOwn(@TempDir Path folder) throws IOException {
        Path in = Files.writeString(folder.resolve("in"), "from a file");
        String script = "readlink /proc/self/fd/0; cat; readlink /proc/$$/fd/1 >&2";
        Gatun.Ended ended = new Caller().opens(0, in).calls(Gatun.run().shell(script)).finish();
        assertThat(ended.out()).isEqualTo(in + "\nfrom a file");
        assertThat(ended.err()).startsWith("pipe:");
    }

    /** Blocking or not, appending or not: that belongs to all who share a stream, and is none of our business. */
    @Test
    void flagsOfSharedStreamsStay() {
        String show = "for f in 0 1 2; do grep flags /proc/$$/fdinfo/$f; done";
        Gatun.Ended with = Gatun.run("-v").shell(show).finish();
        String without = Gatun.run().startedBy(List.of("sh", "-c", show)).finish().out();
        assertThat(with.out()).isEqualTo(without);
    }

    @Test
    void largeInputPassesThroughUntouched() {
        try (RunningGatun gatun = Gatun.run().command("sha256sum").start()) {
            String line = "x".repeat(9999);
            for (int i = 0; i < 200; i++) {
                gatun.type(line);
            }
            gatun.closeInput();
            String direct = Gatun.run().startedBy(List.of("sh", "-c",
                    "for i in $(seq 200); do head -c 9999 /dev/zero | tr '\\0' x; echo; done | sha256sum")).finish()
                    .out();
            assertThat(gatun.await().out()).isEqualTo(direct);
        }
    }

    @Test
    void childHasTheCallersDescriptorsAndNoneOfOurs(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "third");
        Gatun run = Gatun.run("-v", "--pid-file", folder.resolve("pid").toString())
                .command(Python.script("descriptors.py"));
        Gatun.Ended ended = new Caller().opens(3, file).calls(run).finish();
        assertThat(numbers(ended)).containsExactly("0", "1", "2", "3");
        assertThat(ended.out()).contains("\n3 " + file + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--exec"})
    void descriptorsWithHighNumbersAndOtherKindsPass(String option, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "far");
        Gatun run = (option.isEmpty() ? Gatun.run() : Gatun.run(option)).command(Python.script("descriptors.py"));
        Gatun.Ended ended = new Caller().opens(731, file).listensAt(9).calls(run).finish();
        assertThat(numbers(ended)).containsExactly("0", "1", "2", "9", "731");
        assertThat(ended.out()).containsPattern("\n9 socket:").contains("\n731 " + file);
    }

    /** Closed streams must not make a file of the JVM the child's standard input. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void closedStreamDoesNotBecomeAFileOfOurs(int closed, @TempDir Path folder) throws IOException {
        Path result = folder.resolve("result");
        String[] list = {"sh", "-c", "exec 9> \"$1\"; for f in /proc/$$/fd/?; do readlink $f >&9; done", "sh",
            result.toString()};
        Gatun.Ended ended = new Caller().closes(closed).calls(Gatun.run().command(list)).finish();
        assertThat(ended.code()).isZero();
        assertThat(Files.readAllLines(result))
                .noneMatch(target -> target.contains("/jvm/") || target.contains("gatun") || target.contains("environ"))
                .allMatch(target -> target.matches("pipe:.*|/dev/null|" + result));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "--exec"})
    void socketActivationNamesTheChild(String option) {
        List<byte[]> environment =
                List.of(bytes("PATH=" + System.getenv("PATH")), bytes("LISTEN_FDS=1"), bytes("LISTEN_PID=@PID@"));
        Gatun run = Gatun.run(option).shell("echo me $$ pid $LISTEN_PID fds $LISTEN_FDS; readlink /proc/$$/fd/3");
        Gatun.Ended ended = new Caller().environment(environment).listensAt(3).calls(run).finish();
        assertThat(ended.out()).matches("me (\\d+) pid \\1 fds 1\nsocket:\\[\\d+]\n");
    }

    @Test
    void socketsOfSomebodyElseStayHis() {
        List<byte[]> environment =
                List.of(bytes("PATH=" + System.getenv("PATH")), bytes("LISTEN_FDS=1"), bytes("LISTEN_PID=1"));
        Gatun run = Gatun.run().shell("echo pid $LISTEN_PID fds $LISTEN_FDS");
        assertThat(new Caller().environment(environment).calls(run).finish().out()).isEqualTo("pid 1 fds 1\n");
    }

    private static List<String> numbers(Gatun.Ended ended) {
        return ended.out().lines().map(line -> line.split(" ")[0]).toList();
    }

    private static List<String> entries(byte[] environment) {
        return Arrays.stream(new String(environment, StandardCharsets.ISO_8859_1).split("\0")).toList();
    }

    private static String show(byte[] entry) {
        return new String(entry, StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Stream.of(parts).forEach(joined::writeBytes);
        return joined.toByteArray();
    }
}
