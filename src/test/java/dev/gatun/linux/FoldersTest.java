package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {

    @TempDir
    Path folder;

    private void make(String name) {
        Folders.make(LIBC, CString.of(folder + "/" + name), 0755);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a/b/c", "a//b/", "./a/../a"})
    void makesWhatIsMissing(String name) {
        make(name);
        assertThat(folder.resolve(name)).isDirectory();
        make(name);
    }

    @Test
    void givesTheMode() throws Exception {
        make("a/b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void aLinkToAFolderIsOne() throws Exception {
        Files.createSymbolicLink(folder.resolve("link"), folder);
        make("link");
        make("link/below");
        assertThat(folder.resolve("below")).isDirectory();
    }

    @Test
    void namesTheFileThatIsInTheWay() throws Exception {
        Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> make("file"))
                .hasMessage("mkdir(" + folder + "/file): ENOTDIR (Not a directory)");
        assertThatThrownBy(() -> make("file/below"))
                .hasMessage("mkdir(" + folder + "/file/below): ENOTDIR (Not a directory)");
    }

    @Test
    void namesTheFolderThatMayNotBeMade() throws Exception {
        Kernel.assumeRoot("become somebody else");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        AsNobody.run(() -> assertThatThrownBy(() -> make("a/b"))
                .hasMessage("mkdir(" + folder + "/a): EACCES (Permission denied)"));
    }

    @Test
    void relativeAndRootPathsWork() {
        Folders.make(LIBC, CString.of("target"), 0755);
        Folders.make(LIBC, CString.of("/"), 0755);
        assertThatThrownBy(() -> Folders.make(LIBC, CString.of(""), 0755)).hasMessageStartingWith("mkdir(): ENOENT");
    }
}
