package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class FileLockTest {

    @TempDir
    Path folder;

    private Path file;
    private CString path;

    @BeforeEach
    void name() {
        file = folder.resolve("lock");
        path = CString.of(file.toString());
    }

    private FileLock take() {
        return FileLock.tryTake(LIBC, path).orElseThrow();
    }

    @Test
    void onlyOneHasIt() {
        try (FileLock first = take()) {
            assertThat(first.isInPlace()).isTrue();
            assertThat(FileLock.tryTake(LIBC, path)).isEmpty();
            assertThat(FileLock.isTaken(LIBC, path)).isTrue();
        }
        assertThat(FileLock.isTaken(LIBC, path)).isFalse();
        take().close();
    }

    @Test
    void theFileIsForOthersToRead() throws Exception {
        take().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-r--r--");
    }

    @Test
    void toAskForItTakesAndMakesNothing() throws Exception {
        assertThat(FileLock.isTaken(LIBC, path)).isFalse();
        assertThat(file).doesNotExist();
        Files.createFile(file);
        assertThat(FileLock.isTaken(LIBC, path)).isFalse();
        take().close();
    }

    @Test
    void aChildDoesNotKeepIt() {
        FileLock lock = take();
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            lock.close();
            child.echo();
            assertThat(FileLock.isTaken(LIBC, path)).isFalse();
        }
    }

    @Test
    void whoeverMayReadCanAsk() throws Exception {
        Kernel.assumeRoot("become somebody else");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (FileLock lock = take()) {
            assertThat(lock.isOpen()).isTrue();
            assertThat(AsNobody.call(() -> FileLock.isTaken(LIBC, path))).isTrue();
            AsNobody.run(() -> assertThatThrownBy(() -> FileLock.tryTake(LIBC, path))
                    .hasMessage("open(" + path + "): EACCES (Permission denied)"));
        }
        assertThat(AsNobody.call(() -> FileLock.isTaken(LIBC, path))).isFalse();
    }

    @Test
    void aRemovedFileIsNoLongerInPlace() throws Exception {
        try (FileLock lock = take()) {
            Files.delete(file);
            assertThat(lock.isInPlace()).isFalse();
            // Somebody else can take what is there now.
            take().remove();
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        CString nowhere = CString.of(folder + "/no/lock");
        assertThatThrownBy(() -> FileLock.tryTake(LIBC, nowhere))
                .hasMessage("open(" + nowhere + "): ENOENT (No such file or directory)");
    }

    @Test
    void aFileSystemWithoutLocksIsNoQuestionOfWhoHasIt() {
        Libc without = Kernel.with("fcntl", arguments -> -37L);
        assertThatThrownBy(() -> FileLock.tryTake(without, path))
                .hasMessage("fcntl(" + path + ", F_OFD_SETLK): ENOLCK (No locks available)");
        assertThat(FileLock.isTaken(without, path)).isFalse();
    }
}
