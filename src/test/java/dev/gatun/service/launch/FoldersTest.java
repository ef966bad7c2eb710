package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.CString;
import dev.gatun.service.launch.Folders.Folder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {

    private static final DistRoot ROOT = new DistRoot(CString.of("/opt/service"));

    @TempDir
    Path folder;

    private static List<Folder> of(String... lines) {
        return Folders.of(Services.read(lines), ROOT).list();
    }

    private static Folder open(String path) {
        return new Folder(CString.of(path), 0755);
    }

    private static Folder closed(String path) {
        return new Folder(CString.of(path), 0700);
    }

    @ParameterizedTest
    @ValueSource(strings = {"configVersion: 1", "dirs: []", "dirs:"})
    void aPythonServiceHasThreeByDefault(String config) {
        assertThat(of(config)).containsExactly(
                open("/opt/service/var/data/tmp"), open("/opt/service/var/log"), open("/opt/service/var/run"));
    }

    @Test
    void aListReplacesTheDefault() {
        assertThat(of("dirs: [a/b, /abs/./x, ../up, 'with blank']")).containsExactly(
                open("/opt/service/a/b"), open("/abs/./x"), open("/opt/up"), open("/opt/service/with blank"));
    }

    @Test
    void aTemporaryFolderOfItsOwnIsMade() {
        assertThat(of("dirs: [a]", "paths: {tmpDir: scratch}"))
                .containsExactly(open("/opt/service/a"), open("/opt/service/scratch"));
        assertThat(of("dirs: [a]", "paths: {tmpDir: var/data/tmp}")).containsExactly(open("/opt/service/a"));
        assertThat(of("configType: java", "paths: {tmpDir: scratch}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "executable"})
    void othersHaveTheirListForThemselves(String type) {
        assertThat(of("configType: " + type)).isEmpty();
        assertThat(of("configType: " + type, "dirs: [var/data/tmp, x]"))
                .containsExactly(closed("/opt/service/var/data/tmp"), closed("/opt/service/x"));
    }

    @Test
    void subProcessesAddTheirsByTheirTypes() {
        assertThat(of(
                "configType: java", "dirs: [a]",
                "subProcesses: {one: {dirs: [b]}, two: {configType: python, dirs: [c]}, three: {configType: python}}"))
                .containsExactly(closed("/opt/service/a"), closed("/opt/service/b"), open("/opt/service/c"));
    }

    @Test
    void areMadeWhereTheyAreMissing() throws Exception {
        DistRoot root = new Dist(folder).root();
        Path there = Files.createDirectories(folder.resolve("var/log"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwx-w----"));
        Folders.of(Services.read("configVersion: 1"), root).make(Dist.LIBC);
        Folders.of(Services.read("{configType: java, dirs: [a/b]}"), root).make(Dist.LIBC);
        assertThat(folder.resolve("var/data/tmp")).isDirectory();
        assertThat(folder.resolve("var/run")).isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(there))).isEqualTo("rwx-w----");
        for (String made : List.of("a", "a/b")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(made))))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void whatIsInTheWayIsNamed() {
        Dist dist = new Dist(folder);
        dist.file("var");
        Folders folders = Folders.of(Services.read("configVersion: 1"), dist.root());
        assertThatThrownBy(() -> folders.make(Dist.LIBC))
                .isInstanceOf(LaunchProblem.class)
                .hasMessage("cannot make the folder " + dist.path("var/data/tmp") + ": mkdir("
                        + dist.path("var/data/tmp") + "): ENOTDIR (Not a directory)");
    }
}
