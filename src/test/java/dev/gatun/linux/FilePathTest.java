package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class FilePathTest {

    @TempDir
    Path folder;

    private Path real;

    @BeforeEach
    void files() throws IOException {
        real = folder.toRealPath();
        Files.createFile(real.resolve("plain"));
        Files.createFile(real.resolve("tool"));
        assertThat(real.resolve("tool").toFile().setExecutable(true, false)).isTrue();
        Files.createDirectory(real.resolve("inner"));
        Files.createSymbolicLink(real.resolve("link"), Path.of("inner"));
        Files.createSymbolicLink(real.resolve("broken"), Path.of("nowhere"));
    }

    private CString at(String name) {
        return CString.of(real + "/" + name);
    }

    @Test
    void tellsWhatIsThere() {
        assertThat(FilePath.exists(LIBC, at("plain"))).isTrue();
        assertThat(FilePath.exists(LIBC, at("broken"))).isFalse();
        assertThat(FilePath.exists(LIBC, at("nothing"))).isFalse();
        assertThat(FilePath.isFolder(LIBC, at("inner"))).isTrue();
        assertThat(FilePath.isFolder(LIBC, at("inner/"))).isTrue();
        assertThat(FilePath.isFolder(LIBC, at("link"))).isTrue();
        assertThat(FilePath.isFolder(LIBC, at("plain"))).isFalse();
        assertThat(FilePath.isFolder(LIBC, at("nothing"))).isFalse();
        assertThat(FilePath.isFolder(LIBC, CString.of(""))).isFalse();
    }

    @Test
    void saysWhyAFileIsNoProgram() {
        assertThat(FilePath.whyNotExecutable(LIBC, at("tool"))).isZero();
        assertThat(FilePath.whyNotExecutable(LIBC, at("plain"))).isEqualTo(Errno.EACCES);
        assertThat(FilePath.whyNotExecutable(LIBC, at("inner"))).isEqualTo(Errno.EISDIR);
        assertThat(FilePath.whyNotExecutable(LIBC, at("nothing"))).isEqualTo(Errno.ENOENT);
        assertThat(FilePath.whyNotExecutable(LIBC, at("plain/tool"))).isEqualTo(Errno.ENOTDIR);
    }

    @Test
    void readsLinks() {
        assertThat(FilePath.linkTarget(LIBC, at("link"))).contains(CString.of("inner"));
        assertThat(FilePath.linkTarget(LIBC, at("broken"))).contains(CString.of("nowhere"));
        assertThat(FilePath.linkTarget(LIBC, at("plain"))).isEmpty();
        assertThat(FilePath.linkTarget(LIBC, at("nothing"))).isEmpty();
    }

    @Test
    void followsAllLinksOfAPath() throws IOException {
        Files.createFile(real.resolve("inner/file"));
        assertThat(FilePath.resolved(LIBC, at("link/../link/./file"))).contains(at("inner/file"));
        assertThat(FilePath.resolved(LIBC, at("broken"))).isEmpty();
        assertThat(FilePath.resolved(LIBC, CString.of("pom.xml")))
                .contains(CString.of(Path.of("pom.xml").toRealPath().toString()));
    }

    @Test
    void knowsTheCurrentFolder() throws IOException {
        assertThat(FilePath.currentFolder(LIBC)).contains(CString.of(Path.of("").toRealPath().toString()));
    }

    @Test
    void namesNeedNotBeText() {
        CString odd = at("").plus(CString.ofBytes(new byte[]{(byte) 0xff, 'x'}));
        assertThat(FilePath.exists(LIBC, odd)).isFalse();
        assertThat(FilePath.resolved(LIBC, odd)).isEmpty();
    }
}
