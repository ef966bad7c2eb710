package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CommandPath.Executable;
import dev.gatun.linux.CommandPath.Found;
import dev.gatun.linux.CommandPath.Missing;
import dev.gatun.linux.CommandPath.NotExecutable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class CommandPathTest {

    @TempDir
    Path folder;

    private Path one;
    private Path two;

    @BeforeEach
    void createFolders() throws IOException {
        one = Files.createDirectory(folder.resolve("one"));
        two = Files.createDirectory(folder.resolve("two"));
    }

    private static Path program(Path path) throws IOException {
        Files.writeString(path, "#!/bin/sh\n");
        assertThat(path.toFile().setExecutable(true, false)).isTrue();
        return path;
    }

    private static Found find(String command, String... environment) {
        return CommandPath.find(LIBC, CString.of(command), CString.listOf(environment));
    }

    private Found findInBoth(String command) {
        return find(command, "PATH=" + one + ":" + two);
    }

    private static Executable executable(Object path) {
        return new Executable(CString.of(path.toString()));
    }

    @Test
    void theFirstFolderWins() throws Exception {
        program(two.resolve("tool"));
        assertThat(findInBoth("tool")).isEqualTo(executable(two.resolve("tool")));
        program(one.resolve("tool"));
        assertThat(findInBoth("tool")).isEqualTo(executable(one.resolve("tool")));
    }

    @Test
    void aNameWithASlashIsNotSearchedFor() {
        assertThat(find("./tool", "PATH=" + one)).isEqualTo(executable("./tool"));
        assertThat(find("/does/not/exist", "PATH=" + one)).isEqualTo(executable("/does/not/exist"));
    }

    @Test
    void whatIsNowhereIsMissing() {
        assertThat(findInBoth("tool")).isEqualTo(new Missing());
        assertThat(find("tool", "PATH=" + folder.resolve("none"))).isEqualTo(new Missing());
    }

    @Test
    void whatIsNotExecutableIsPassedOver() throws Exception {
        Files.createFile(one.resolve("tool"));
        assertThat(findInBoth("tool")).isEqualTo(new NotExecutable(CString.of(one + "/tool")));
        program(two.resolve("tool"));
        assertThat(findInBoth("tool")).isEqualTo(executable(two.resolve("tool")));
    }

    @Test
    void theFirstThatIsNotExecutableIsNamed() throws Exception {
        Files.createFile(one.resolve("tool"));
        Files.createFile(two.resolve("tool"));
        assertThat(findInBoth("tool")).isEqualTo(new NotExecutable(CString.of(one + "/tool")));
    }

    @Test
    void aFolderIsNoProgram() throws Exception {
        Files.createDirectory(one.resolve("tool"));
        assertThat(findInBoth("tool")).isEqualTo(new NotExecutable(CString.of(one + "/tool")));
        program(two.resolve("tool"));
        assertThat(findInBoth("tool")).isEqualTo(executable(two.resolve("tool")));
    }

    @Test
    void linksAreFollowed() throws Exception {
        Files.createSymbolicLink(one.resolve("tool"), folder.resolve("none"));
        assertThat(findInBoth("tool")).as("a link to nowhere").isEqualTo(new Missing());
        program(two.resolve("real"));
        Files.createSymbolicLink(two.resolve("tool"), two.resolve("real"));
        assertThat(findInBoth("tool")).isEqualTo(executable(two.resolve("tool")));
    }

    @Test
    void anEmptyEntryIsTheCurrentFolder() {
        // The tests run in the project's root, where pom.xml is, which is no program.
        NotExecutable here = new NotExecutable(CString.of("pom.xml"));
        assertThat(find("pom.xml", "PATH=")).isEqualTo(here);
        assertThat(find("pom.xml", "PATH=" + one + ":")).isEqualTo(here);
        assertThat(find("pom.xml", "PATH=:" + one)).isEqualTo(here);
        assertThat(find("pom.xml", "PATH=" + one + "::" + two)).isEqualTo(here);
        assertThat(find("pom.xml", "PATH=" + one)).isEqualTo(new Missing());
    }

    @Test
    void withoutPathTheUsualFoldersAreSearched() {
        assertThat(find("sh")).isEqualTo(executable("/bin/sh"));
        assertThat(find("sh", "XPATH=/nowhere", "PATHX=/nowhere")).isEqualTo(executable("/bin/sh"));
    }

    @Test
    void anEmptyCommandIsMissing() {
        assertThat(findInBoth("")).isEqualTo(new Missing());
    }

    @Test
    void theFirstPathOfTheEnvironmentCounts() throws Exception {
        program(one.resolve("tool"));
        assertThat(find("tool", "PATH=" + one, "PATH=" + two)).isEqualTo(executable(one.resolve("tool")));
        assertThat(find("tool", "PATH=" + two, "PATH=" + one)).isEqualTo(new Missing());
    }

    @Test
    void foldersNeedNotBeText() throws Exception {
        CString odd = CString.of(folder + "/").plus(CString.ofBytes(new byte[]{(byte) 0xff, 'x'}));
        try (RealChild maker = RealChild.start(LIBC, tape -> tape.resetSignals(SignalSet.NONE), CString.of("/bin/sh"),
                List.of(CString.of("sh"), CString.of("-c"),
                        CString.of("mkdir \"$1\" && ln -s /bin/true \"$1/tool\""), CString.of("sh"), odd),
                RealChild.environment())) {
            assertThat(maker.finish().status().exitCode()).isZero();
        }
        List<CString> environment = new ArrayList<>();
        environment.add(CString.of("PATH=" + one + ":").plus(odd));
        CString tool = odd.plus(CString.of("/tool"));
        assertThat(CommandPath.find(LIBC, CString.of("tool"), environment)).isEqualTo(new Executable(tool));
        RealChild.run(RealChild.NOTHING, "/bin/sh", "-c", "rm -r " + folder + "/*x");
    }

    @Test
    void whoMayNotExecuteItDoesNotFindIt() throws Exception {
        Kernel.assumeRoot("be refused as somebody else");
        // access(2) goes by the real user.
        Path tool = program(one.resolve("tool"));
        assertThat(tool.toFile().setExecutable(false, false)).isTrue();
        assertThat(tool.toFile().setExecutable(true, true)).isTrue();
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        assertThat(findInBoth("tool")).isEqualTo(executable(tool));
        assertThat(AsNobody.call(() -> findInBoth("tool"))).isEqualTo(new NotExecutable(CString.of(tool.toString())));
    }

    @Test
    void variableNeedsItsWholeName() {
        List<CString> environment = CString.listOf("AB=1", "A=2", "A=3", "EMPTY=", "NONE");
        assertThat(CommandPath.variable(environment, "A")).contains(CString.of("2"));
        assertThat(CommandPath.variable(environment, "EMPTY")).contains(CString.of(""));
        assertThat(CommandPath.variable(environment, "NONE")).isEmpty();
        assertThat(CommandPath.variable(environment, "B")).isEmpty();
    }
}
