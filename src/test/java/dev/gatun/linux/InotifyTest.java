package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.Inotify.Change;
import dev.gatun.linux.proc.ProcFile;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class InotifyTest {

    @TempDir
    Path folder;

    private Inotify inotify;

    @BeforeEach
    void open() {
        inotify = Inotify.open(LIBC);
    }

    @AfterEach
    void close() {
        inotify.close();
    }

    private int watch(Path path, int mask) {
        return inotify.watch(CString.of(path.toString()), mask);
    }

    @Test
    void nothingHappenedIsNothing() {
        watch(folder, Linux.IN_CREATE());
        assertThat(inotify.changes()).isEmpty();
    }

    @Test
    void tellsOfFilesInAFolder() throws Exception {
        int watch = watch(folder, Linux.IN_CREATE() | Linux.IN_DELETE());
        Files.createFile(folder.resolve("a"));
        Files.createFile(folder.resolve("sixteen-bytes-xx"));
        Files.delete(folder.resolve("a"));
        Kernel.awaitReadable(inotify);
        assertThat(inotify.changes())
                .containsExactly(
                        new Change(watch, Linux.IN_CREATE(), "a"),
                        new Change(watch, Linux.IN_CREATE(), "sixteen-bytes-xx"),
                        new Change(watch, Linux.IN_DELETE(), "a"));
        assertThat(inotify.changes()).isEmpty();
    }

    @Test
    void decodesNamesAsUtf8() throws Exception {
        watch(folder, Linux.IN_CREATE());
        // Through Libc: the JVM's own file names depend on the locale.
        CString name = CString.of(folder + "/Schleuse-€");
        Fd.open(LIBC, name, Linux.O_CREAT() | Linux.O_WRONLY()).close();
        assertThat(inotify.changes()).extracting(Change::name).containsExactly("Schleuse-€");
        try (Arena arena = Arena.ofConfined()) {
            assertThat(LIBC.unlink(name.allocate(arena))).isZero();
        }
    }

    @Test
    void theWatchedFileItselfHasNoName() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        int watch = watch(file, Linux.IN_CLOSE_WRITE());
        Files.writeString(file, "changed");
        assertThat(inotify.changes()).containsExactly(new Change(watch, Linux.IN_CLOSE_WRITE(), ""));
    }

    @Test
    void watchesAreToldApart() throws Exception {
        Path one = Files.createDirectory(folder.resolve("one"));
        Path two = Files.createDirectory(folder.resolve("two"));
        int first = watch(one, Linux.IN_CREATE());
        int second = watch(two, Linux.IN_CREATE());
        Files.createFile(two.resolve("x"));
        Files.createFile(one.resolve("x"));
        assertThat(first).isNotEqualTo(second);
        assertThat(inotify.changes()).extracting(Change::watch).containsExactly(second, first);
    }

    @Test
    void anEndedWatchSaysNoMore() throws Exception {
        int watch = watch(folder, Linux.IN_CREATE());
        inotify.unwatch(watch);
        Files.createFile(folder.resolve("x"));
        assertThat(inotify.changes()).containsExactly(new Change(watch, Linux.IN_IGNORED(), ""));
        assertThatThrownBy(() -> inotify.unwatch(watch)).hasMessageContaining("EINVAL");
    }

    @Test
    void failureNamesThePath() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> watch(none, Linux.IN_CREATE()))
                .hasMessage("inotify_add_watch(" + none + "): ENOENT (No such file or directory)");
    }

    /** More than fits one read: the rest comes with the next calls, and in the end the news of what was lost. */
    @Test
    void anOverflowOfTheQueueIsTold() throws Exception {
        // Not by java.nio.file.Files: it reads the first byte by itself, and /proc/sys then gives no second.
        String file = "/proc/sys/fs/inotify/max_queued_events";
        int limit = Integer.parseInt(ProcFile.readText(LIBC, file).orElseThrow().trim());
        int watch = watch(folder, Linux.IN_CREATE() | Linux.IN_DELETE());
        Path changing = folder.resolve("x");
        for (int i = 0; i <= limit / 2; i++) {
            Files.createFile(changing);
            Files.delete(changing);
        }
        List<Change> all = new ArrayList<>();
        List<Change> some = inotify.changes();
        while (!some.isEmpty()) {
            all.addAll(some);
            some = inotify.changes();
        }
        assertThat(all).hasSize(limit + 1);
        assertThat(all.getFirst()).isEqualTo(new Change(watch, Linux.IN_CREATE(), "x"));
        assertThat(all.getLast()).isEqualTo(new Change(-1, Linux.IN_Q_OVERFLOW(), ""));
    }
}
