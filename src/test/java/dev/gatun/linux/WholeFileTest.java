package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class WholeFileTest {

    @TempDir
    Path folder;

    private static CString path(Path path) {
        return CString.of(path.toString());
    }

    @Test
    void isWrittenReplacedAndRemoved() throws Exception {
        Path file = folder.resolve("file");
        WholeFile.replace(LIBC, path(file), "one".getBytes(UTF_8));
        assertThat(file).hasContent("one");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
        WholeFile.replace(LIBC, path(file), "".getBytes(UTF_8));
        assertThat(file).isEmptyFile();
        assertThat(WholeFile.remove(LIBC, path(file))).isTrue();
        assertThat(WholeFile.remove(LIBC, path(file))).isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aReaderSeesOneOrTheOther() throws Exception {
        Path file = folder.resolve("file");
        String longer = "x".repeat(100_000);
        WholeFile.replace(LIBC, path(file), longer.getBytes(UTF_8));
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 200; i++) {
                WholeFile.replace(LIBC, path(file), (i % 2 == 0 ? "short" : longer).getBytes(UTF_8));
            }
            over.set(true);
        });
        while (!over.get()) {
            assertThat(Files.readString(file).length()).isIn(5, 100_000);
        }
        writer.join();
    }

    @Test
    void doesNotWriteThroughALink() throws Exception {
        Path target = Files.writeString(folder.resolve("target"), "mine");
        Path file = folder.resolve("file");
        Files.createSymbolicLink(file, target);
        Files.createSymbolicLink(folder.resolve("file.new"), target);
        WholeFile.replace(LIBC, path(file), "other".getBytes(UTF_8));
        assertThat(target).hasContent("mine");
        assertThat(file).hasContent("other");
        assertThat(file).isRegularFile();
    }

    @Test
    void leavesTheOldOneWhereItFails() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Libc full = Kernel.with("write", arguments -> -28L);
        assertThatThrownBy(() -> WholeFile.replace(full, path(file), "new".getBytes(UTF_8)))
                .hasMessage("write(" + file + ".new): ENOSPC (No space left on device)");
        assertThat(file).hasContent("old");
        assertThat(folder.resolve("file.new")).doesNotExist();
    }

    @Test
    void namesTheFolderThatIsInTheWay() throws Exception {
        Path file = Files.createDirectory(folder.resolve("file"));
        assertThatThrownBy(() -> WholeFile.replace(LIBC, path(file), new byte[1]))
                .hasMessage("rename(" + file + ".new, " + file + "): EISDIR (Is a directory)");
        assertThatThrownBy(() -> WholeFile.remove(LIBC, path(file)))
                .hasMessage("unlink(" + file + "): EISDIR (Is a directory)");
    }
}
