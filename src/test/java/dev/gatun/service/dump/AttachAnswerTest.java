package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.SupervisedProcess;
import dev.gatun.service.config.DumpKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM can answer, or not, played by the test in place of a real JVM's listener. */
class AttachAnswerTest {

    @TempDir
    Path root;

    private DumpWorld world;
    private SupervisedProcess service;
    private ListeningImpostor impostor;

    @BeforeEach
    void open() throws IOException {
        world = new DumpWorld(root);
        service = world.start(DumpWorld.java());
        impostor = new ListeningImpostor(service.pid());
    }

    @AfterEach
    void close() throws IOException {
        impostor.close();
        world.close();
    }

    private MemoryDump begin(DumpKind kind, Duration timeout) {
        MemoryDump dump = world.dump(world.plan(kind, timeout));
        dump.begin(service.pid(), world.results::add);
        return dump;
    }

    private DumpResult answer() {
        world.until("the answer", () -> !world.results.isEmpty());
        return world.results.getFirst();
    }

    private String jvm() {
        return "process " + service.pid() + " (java)";
    }

    @Test
    void theHeapIsAskedForByItsOwnCommand() throws IOException {
        begin(DumpKind.HEAP, DumpWorld.PATIENCE);
        String[] request = impostor.accept();
        assertThat(request).hasSize(6);
        assertThat(request[0]).isEqualTo("1");
        assertThat(request[1]).isEqualTo("dumpheap");
        assertThat(request[2]).startsWith(root + "/var/log/tested-" + service.pid() + "-");
        assertThat(request[3]).isEqualTo("-live");
        Files.writeString(Path.of(request[2]), "JAVA PROFILE");
        impostor.answer("0\nDumping heap to it ...\nHeap dump file created [12 bytes in 0.1 secs]\n");
        assertThat(DumpWorld.file(answer())).isEqualTo(Path.of(request[2]));
    }

    @Test
    void aRecordingIsAskedForByADiagnosticCommand() throws IOException {
        begin(DumpKind.JFR, DumpWorld.PATIENCE);
        String[] request = impostor.accept();
        assertThat(request[1]).isEqualTo("jcmd");
        assertThat(request[2]).matches("JFR\\.dump filename=\"" + root + "/var/log/tested-.*\\.jfr\"");
        impostor.answer("0\nDump failed. Could not copy recording data.\n");
        assertThat(DumpWorld.reason(answer())).isEqualTo(jvm() + " says: Dump failed. Could not copy recording data.");
    }

    @Test
    void whatIsThereWhenTheTimeIsUpIsCalledHalfWritten() throws IOException {
        begin(DumpKind.HEAP, Duration.ofSeconds(3));
        Path half = Path.of(impostor.accept()[2]);
        Files.writeString(half, "JAVA PRO");
        assertThat(DumpWorld.reason(answer()))
                .isEqualTo("no dump within 3 s: " + jvm() + " has not answered; " + half + " is half-written");
        assertThat(impostor.seesTheEnd()).as("the connection is closed").isTrue();
    }

    @Test
    void aConnectionThatIsClosedWithoutAnAnswerIsTold() throws IOException {
        begin(DumpKind.HEAP, DumpWorld.PATIENCE);
        impostor.accept();
        impostor.answer("");
        assertThat(DumpWorld.reason(answer())).isEqualTo(jvm() + " has closed the connection without an answer");
    }

    @Test
    void aRefusalIsToldByItsLastLine() throws IOException {
        begin(DumpKind.HEAP, DumpWorld.PATIENCE);
        impostor.accept();
        impostor.answer("101\nProtocol mismatch with target VM\n");
        assertThat(DumpWorld.reason(answer())).isEqualTo(jvm() + " says: Protocol mismatch with target VM");
    }

    /** As one in a container of its own would. */
    @Test
    void aFileThatOnlyTheJvmSeesIsNoDump() throws IOException {
        begin(DumpKind.HEAP, DumpWorld.PATIENCE);
        String path = impostor.accept()[2];
        impostor.answer("0\nHeap dump file created [12 bytes in 0.1 secs]\n");
        assertThat(DumpWorld.reason(answer()))
                .isEqualTo(jvm() + " has written " + path + ", which is not there: it sees other files");
    }

    @Test
    void oneThatIsCancelledIsNeverAnswered() throws IOException {
        MemoryDump dump = begin(DumpKind.HEAP, DumpWorld.PATIENCE);
        impostor.accept();
        dump.cancel();
        assertThat(dump.isUnderWay()).isFalse();
        assertThat(impostor.seesTheEnd()).as("the connection is closed").isTrue();
        assertTheLoopHasNothingToTell();
        dump.cancel();
        dump.begin(service.pid(), world.results::add);
        impostor.accept();
        impostor.answer("0\nno\n");
        assertThat(DumpWorld.reason(answer())).endsWith("says: no");
    }

    /** Its answer may be on the way to the loop when it is cancelled. */
    @Test
    void anAnswerThatCameTooLateIsDropped() throws IOException {
        MemoryDump dump = begin(DumpKind.HEAP, DumpWorld.PATIENCE);
        impostor.accept();
        impostor.answer("0\nno\n");
        DumpWorld.await("the end of the thread", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(JvmDump.THREAD)));
        dump.cancel();
        assertTheLoopHasNothingToTell();
    }

    private void assertTheLoopHasNothingToTell() {
        boolean[] turned = new boolean[1];
        world.loop.post(() -> turned[0] = true);
        world.until("a turn of the loop", () -> turned[0]);
        assertThat(world.results).isEmpty();
    }

    /** A JVM with the same pid was killed: the file is there, and nobody listens. */
    @Test
    void aSocketThatWasLeftBehindIsReplacedByTheJvm() throws IOException {
        impostor.leave();
        begin(DumpKind.HEAP, DumpWorld.PATIENCE);
        assertThat(DumpWorld.file(answer())).exists();
    }
}
