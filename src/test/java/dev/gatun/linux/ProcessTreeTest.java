package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Real trees; it stands here, beside {@link RealChild}, rather than in the package of what it tests. */
@ExtendWith(NoFdLeak.class)
class ProcessTreeTest {

    private static final ProcessTree TREE = new ProcessTree(LIBC);

    @TempDir
    Path folder;

    private static List<Integer> pidsBelow(int ancestor) {
        return TREE.descendants(ancestor).stream().map(ProcStat::pid).toList();
    }

    @Test
    void aProcessWithoutChildrenHasNone() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            assertThat(TREE.descendants(child.pid())).isEmpty();
            assertThat(TREE.descendants(1 << 30)).isEmpty();
        }
    }

    @Test
    void parentsComeBeforeTheirChildren() {
        // sh -c, twice: the outer shell, the inner one and its cat; the last command of each is not the only one, so that
        // no shell replaces itself by it.
        String inner = "echo inner $$; cat; true";
        try (RealChild shell = RealChild.shell(RealChild.NOTHING, "sh -c '" + inner + "'; true")) {
            int innerPid = Integer.parseInt(shell.line().substring("inner ".length()));
            shell.echo();
            List<ProcStat> tree = TREE.descendants(shell.pid());
            assertThat(tree).extracting(ProcStat::name).containsExactly("sh", "cat");
            assertThat(tree).extracting(ProcStat::parent).containsExactly(shell.pid(), innerPid);
            assertThat(pidsBelow((int) LIBC.getpid())).containsExactly(
                    shell.pid(), innerPid, tree.getLast().pid());
            assertThat(shell.finish().status()).isEqualTo(new WaitStatus(0));
        }
    }

    @Test
    void whatHasEndedIsLeftOutAndWhatIsBelowItIsNot() {
        try (RealChild zombie = RealChild.shell(RealChild.NOTHING, "exit 0");
                RealChild running = RealChild.cat(RealChild.NOTHING)) {
            zombie.awaitEnd();
            assertThat(pidsBelow((int) LIBC.getpid())).containsExactly(running.pid());
        }
    }

    @Test
    void statTellsOfARealProcess() throws Exception {
        Path cat = Files.copy(Path.of("/bin/cat").toRealPath(), folder.resolve("a) R 1 (b c"));
        assertThat(cat.toFile().setExecutable(true, false)).isTrue();
        try (RealChild child = RealChild.start(tape -> tape.newSession(), cat.toString())) {
            child.echo();
            ProcStat stat = ProcStat.read(LIBC, child.pid()).orElseThrow();
            assertThat(stat).isEqualTo(new ProcStat(child.pid(), "a) R 1 (b c", stat.state(), (int) LIBC.getpid(),
                    child.pid(), child.pid(), child.stat(22)));
            assertThat(stat.state()).isIn('S', 'R');
            assertThat(stat.isZombie()).isFalse();
            child.send(Signal.KILL);
            child.awaitEnd();
            assertThat(ProcStat.read(LIBC, child.pid()).orElseThrow().isZombie()).isTrue();
            child.collect();
            assertThat(ProcStat.read(LIBC, child.pid())).isEmpty();
        }
    }

    @Test
    void signalsTheProcessOfTheSnapshot() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            ProcStat stat = ProcStat.read(LIBC, child.pid()).orElseThrow();
            assertThat(TREE.signal(stat, Signal.TERM.number())).isTrue();
            assertThat(child.collect().status().signal()).isEqualTo(Signal.TERM.number());
            assertThat(TREE.signal(stat, Signal.TERM.number())).as("gone").isFalse();
        }
    }

    @Test
    void doesNotSignalAProcessThatHasGotThePidSince() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            ProcStat now = ProcStat.read(LIBC, child.pid()).orElseThrow();
            ProcStat before = new ProcStat(now.pid(), now.name(), now.state(), now.parent(), now.group(), now.session(),
                    now.startTicks() - 1);
            assertThat(TREE.signal(before, Signal.KILL.number())).isFalse();
            child.echo();
        }
    }
}
