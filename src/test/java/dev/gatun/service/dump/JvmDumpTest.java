package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.linux.NoFdLeak;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Signal;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.SupervisedProcess;
import dev.gatun.service.config.DumpKind;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of real JVMs. */
@ExtendWith(NoFdLeak.class)
class JvmDumpTest {

    private static final int NOBODY = 65534;

    @TempDir
    Path root;

    private DumpWorld world;

    /** At the first close of a channel the JVM opens a socket for itself and keeps it. */
    @BeforeAll
    static void closeAChannel() throws IOException {
        SocketChannel.open(StandardProtocolFamily.UNIX).close();
    }

    @BeforeEach
    void open() throws IOException {
        world = new DumpWorld(root);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private DumpPlan heap() {
        return world.plan(DumpKind.HEAP, DumpWorld.PATIENCE);
    }

    private DumpPlan recording() {
        return world.plan(DumpKind.JFR, DumpWorld.PATIENCE);
    }

    private static void assertIsHeapDump(Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(12);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(start);
        }
        assertThat(new String(start.array(), StandardCharsets.US_ASCII)).isEqualTo("JAVA PROFILE");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void theHeapIsPutIntoAFolderThatIsMade() throws IOException {
        SupervisedProcess service = world.start(DumpWorld.java());
        Path file = DumpWorld.file(world.take(heap(), service.pid()));
        assertIsHeapDump(file);
        assertThat(file.getParent()).isEqualTo(root.resolve("var/log"));
        assertThat(file.getFileName().toString()).matches("tested-" + service.pid() + "-\\d{8}-\\d{6}\\.hprof");
        assertThat(names(root)).as("with the trigger file removed").containsExactlyInAnyOrder("dev", "var");
        assertThat(DumpWorld.state(service.pid())).isNotIn(' ', 'Z');
    }

    /** The second time it listens already. */
    @Test
    void oneThatListensIsNotAskedToAgain() throws IOException {
        SupervisedProcess service = world.start(DumpWorld.java());
        MemoryDump dump = world.dump(heap());
        Path first = DumpWorld.file(world.take(dump, service.pid()));
        Files.delete(first);
        assertIsHeapDump(DumpWorld.file(world.take(dump, service.pid())));
    }

    @Test
    void oneThatLeavesSignalsAloneListensFromItsStart() throws IOException {
        SupervisedProcess service = world.start(DumpWorld.java("-Xrs"));
        assertIsHeapDump(DumpWorld.file(world.take(heap(), service.pid())));
    }

    @Test
    void aFlightRecordingIsWrittenAndCanBeRead() throws IOException {
        SupervisedProcess service = world.start(DumpWorld.java("-XX:StartFlightRecording", "-Xlog:disable"));
        Path file = DumpWorld.file(world.take(recording(), service.pid()));
        assertThat(file.getFileName().toString()).endsWith(".jfr");
        assertThat(RecordingFile.readAllEvents(file)).isNotEmpty();
    }

    @Test
    void withoutAFlightRecordingTheJvmSaysSo() {
        SupervisedProcess service = world.start(DumpWorld.java());
        assertThat(DumpWorld.reason(world.take(recording(), service.pid())))
                .startsWith("process " + service.pid() + " (java) says: No recordings to dump from.");
    }

    @Test
    void aJvmBehindAScriptIsFound() throws IOException {
        SupervisedProcess service = world.start(DumpWorld.script("\"$@\"; exit 0", DumpWorld.java()));
        Path file = DumpWorld.file(world.take(heap(), service.pid()));
        assertIsHeapDump(file);
        assertThat(file.getFileName().toString()).startsWith("tested-" + service.pid() + "-");
    }

    @Test
    void ofSeveralJvmsTheLargestIsMeant() throws IOException {
        String both = "\"$@\" 1 & \"$@\" 1600 & \"$@\" 1 & wait";
        SupervisedProcess service = world.start(world.setup(DumpWorld.script(both, DumpWorld.java())), 3);
        Path file = DumpWorld.file(world.take(heap(), service.pid()));
        assertThat(Files.size(file)).isGreaterThan(100_000_000);
    }

    /** Nobody makes files in {@code /proc}. */
    @Test
    void whereItsFolderTakesNoFileTheRequestIsPutIntoTmp() throws IOException {
        List<String> command = DumpWorld.java("-cp", root.toString());
        SupervisedProcess service = world.start(DumpWorld.script("cd /proc && exec \"$@\"", command));
        assertIsHeapDump(DumpWorld.file(world.take(heap(), service.pid())));
        assertThat(Path.of("/tmp/.attach_pid" + service.pid())).doesNotExist();
    }

    /** It trusts its own user and root, and its files are its own. */
    @Test
    void aJvmOfAnotherUserObeysRoot() throws IOException {
        assumeTrue(world.libc.geteuid() == 0, "skipped: only root may run a service as somebody else");
        Path folder = Files.createDirectories(root.resolve("var/log"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        ProcessSetup setup = world.setup(DumpWorld.java()).groups().gid(NOBODY).uid(NOBODY);
        SupervisedProcess service = world.start(setup, 1);
        Path file = DumpWorld.file(world.take(heap(), service.pid()));
        assertIsHeapDump(file);
        assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(NOBODY);
    }

    /** There it has another number, which its files are named after. */
    @Test
    void aJvmInAnotherPidNamespaceIsFound() throws IOException {
        assumeTrue(world.libc.geteuid() == 0, "skipped: only root may make a PID namespace");
        String namespace = "exec unshare --pid --fork --kill-child --mount-proc \"$@\"";
        SupervisedProcess service = world.start(DumpWorld.script(namespace, DumpWorld.java()));
        assertIsHeapDump(DumpWorld.file(world.take(heap(), service.pid())));
    }

    @Test
    void whatIsNoJvmIsLeftInPeace() {
        SupervisedProcess service = world.start(DumpWorld.script("echo; exec sleep 1000", List.of()));
        Path name = Path.of("/proc/" + service.pid() + "/comm");
        DumpWorld.await("the exec", () -> DumpWorld.text(name).equals("sleep\n"));
        // It has its new name before it has loaded its libraries.
        DumpWorld.await("its sleep", () -> DumpWorld.state(service.pid()) == 'S');
        assertThat(DumpWorld.reason(world.take(heap(), service.pid())))
                .isEqualTo("process " + service.pid()
                        + " (sleep) is no HotSpot JVM, and none of its descendants is one");
        assertThat(DumpWorld.state(service.pid())).isEqualTo('S');
    }

    /** As gunicorn does, to which it means an end at once. */
    @Test
    void whatCatchesSigquitAndIsNoJvmDoesNotGetOne() {
        String script = "trap 'touch quit' QUIT; trap 'touch asked' USR1; echo; while :; do sleep 0.01; done";
        SupervisedProcess service = world.start(DumpWorld.script(script, List.of()));
        assertThat(DumpWorld.reason(world.take(heap(), service.pid()))).contains("(sh) is no HotSpot JVM");
        // Of two signals that wait it would have seen to the lower first.
        service.signal(false, Signal.USR1.number());
        DumpWorld.await("its word", () -> Files.exists(root.resolve("asked")));
        assertThat(root.resolve("quit")).doesNotExist();
    }

    @Test
    void oneThatDoesNotCatchSigquitDoesNotGetOne() throws IOException {
        Files.writeString(root.resolve("options"), "-Xrs -XX:+DisableAttachMechanism");
        SupervisedProcess service = world.start(DumpWorld.java("@options"));
        assertThat(DumpWorld.reason(world.take(heap(), service.pid())))
                .startsWith("process " + service.pid() + " (java) does not catch SIGQUIT, which would end it");
        assertThat(DumpWorld.state(service.pid())).isNotIn(' ', 'Z');
    }

    @Test
    void oneThatLetsNobodyAttachIsNotAsked() {
        SupervisedProcess service = world.start(DumpWorld.java("-XX:+DisableAttachMechanism"));
        assertThat(DumpWorld.reason(world.take(heap(), service.pid())))
                .isEqualTo("process " + service.pid() + " (java) runs with -XX:+DisableAttachMechanism");
    }

    @Test
    void aStoppedJvmIsNotWaitedForLongerThanHalfTheTime() throws IOException {
        SupervisedProcess service = world.start(DumpWorld.java());
        service.signal(false, Signal.STOP.number());
        DumpWorld.await("the stop", () -> DumpWorld.state(service.pid()) == 'T');
        DumpPlan plan = world.plan(DumpKind.HEAP, Duration.ofSeconds(4));
        assertThat(DumpWorld.reason(world.take(plan, service.pid())))
                .isEqualTo("process " + service.pid()
                        + " (java) has not begun to listen within 2 s: it is stopped, too busy, or does not let"
                        + " anybody attach");
        assertThat(names(root)).as("with the trigger file removed").containsExactlyInAnyOrder("dev", "var");
    }

    /** The kernel connects in its place. */
    @Test
    void aStoppedJvmThatListensIsNotWaitedForLongerThanTheTimeout() throws IOException {
        SupervisedProcess service = world.start(DumpWorld.java("-Xrs"));
        DumpWorld.await("a listening JVM", () -> Files.exists(Path.of("/tmp/.java_pid" + service.pid())));
        service.signal(false, Signal.STOP.number());
        DumpWorld.await("the stop", () -> DumpWorld.state(service.pid()) == 'T');
        DumpPlan plan = world.plan(DumpKind.HEAP, Duration.ofSeconds(3));
        assertThat(DumpWorld.reason(world.take(plan, service.pid())))
                .isEqualTo("no dump within 3 s: process " + service.pid() + " (java) has not answered");
    }

    @Test
    void aJvmThatCannotWriteAllOfItSaysSo() {
        Rlimit limit = new Rlimit(Rlimit.Resource.FSIZE, 100_000, 100_000);
        SupervisedProcess service = world.start(world.setup(DumpWorld.java()).limits(List.of(limit)), 1);
        assertThat(DumpWorld.reason(world.take(heap(), service.pid())))
                .startsWith("process " + service.pid() + " (java) says: ")
                .contains("File too large")
                .endsWith(".hprof is half-written");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Files.writeString(root.resolve("var"), "no folder");
        SupervisedProcess service = world.start(DumpWorld.java());
        assertThat(DumpWorld.reason(world.take(heap(), service.pid())))
                .isEqualTo("mkdir(" + root.resolve("var/log") + "): ENOTDIR (Not a directory)");
    }

    @Test
    void aProcessThatIsGoneIsNamed() {
        SupervisedProcess service = world.start(DumpWorld.script("echo; exit", List.of()));
        world.until("its end", () -> !service.isRunning());
        assertThat(DumpWorld.reason(world.take(heap(), service.pid())))
                .isEqualTo("process " + service.pid() + " has ended");
    }

    @Test
    void oneDumpIsTakenAtATime() {
        SupervisedProcess service = world.start(DumpWorld.java());
        MemoryDump dump = world.dump(heap());
        dump.begin(service.pid(), world.results::add);
        assertThatIllegalStateException()
                .isThrownBy(() -> dump.begin(service.pid(), world.results::add))
                .withMessage("a dump is under way");
        world.until("the answer to the first", () -> !world.results.isEmpty());
    }
}
