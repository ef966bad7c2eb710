package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistRootTest {

    private static final Libc LIBC = new SystemLibc();
    private static final String NAME = "service/bin/linux-amd64/python-service-launcher";

    @TempDir
    Path folder;

    private Path base;

    @BeforeEach
    void realFolder() throws IOException {
        base = folder.toRealPath();
    }

    private Path file(String path) throws IOException {
        Path file = base.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    private Path link(String path, String target) throws IOException {
        Path link = base.resolve(path);
        Files.createDirectories(link.getParent());
        return Files.createSymbolicLink(link, Path.of(target));
    }

    private static CString bytes(Object text) {
        return CString.of(text.toString());
    }

    private String byOption(String option) {
        return DistRoot.find(LIBC, Optional.of(bytes(option)), Optional.empty(), bytes(base)).toString();
    }

    private String byName(Object calledAs) {
        return DistRoot.find(LIBC, Optional.empty(), Optional.of(bytes(calledAs)), bytes(base)).toString();
    }

    @Test
    void theOptionWins() throws IOException {
        file("called/" + NAME);
        file("service/bin/launcher-static.yml");
        file("given/x");
        CString given = bytes(base + "/given");
        assertThat(DistRoot.find(LIBC, Optional.of(given), Optional.of(bytes("called/" + NAME)), bytes(base)).path())
                .isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"given", "./given", "given/", "given/.//", "x/../given"})
    void aRelativeOptionIsMadeAbsoluteOnce(String option) throws IOException {
        file("given/x");
        file("x/y");
        assertThat(byOption(option)).isEqualTo(base + "/given");
    }

    @Test
    void theOptionKeepsLinksUnlessItGoesUpBehindOne() throws IOException {
        file("releases/42/x");
        link("current", "releases/42");
        assertThat(byOption("current")).isEqualTo(base + "/current");
        assertThat(byOption("current/..")).isEqualTo(base + "/releases");
    }

    @Test
    void anOptionThatIsNoFolderIsRefused() throws IOException {
        file("given");
        assertThatThrownBy(() -> byOption("given"))
                .isInstanceOf(LaunchProblem.class)
                .hasMessage("--dist-root given: " + base + "/given is no folder");
        assertThatThrownBy(() -> byOption("nowhere"))
                .hasMessage("--dist-root nowhere: there is no folder " + base + "/nowhere");
    }

    @Test
    void anEmptyOptionIsNone() throws IOException {
        file("service/bin/launcher-static.yml");
        assertThat(byOption("")).isEqualTo(base.toString());
    }

    @Test
    void ourOwnPathTellsTheRoot() throws IOException {
        file("dist/" + NAME);
        file("service/bin/launcher-static.yml");
        assertThat(byName(base + "/dist/" + NAME)).isEqualTo(base + "/dist");
        assertThat(byName("dist/" + NAME)).isEqualTo(base + "/dist");
        assertThat(byName("./dist//service/./bin/linux-amd64/python-service-launcher")).isEqualTo(base + "/dist");
        assertThat(byName("dist/service/../" + NAME)).isEqualTo(base + "/dist");
    }

    @Test
    void theRootOfTheFileSystemCanBeTheDistRoot() {
        assertThat(byName("/" + NAME)).isEqualTo("/");
    }

    @Test
    void aLinkInTheDistributionIsNotFollowedOutOfIt() throws IOException {
        file("gatun/bin/gatun");
        link("dist/" + NAME, base + "/gatun/bin/gatun");
        assertThat(byName("dist/" + NAME)).isEqualTo(base + "/dist");
    }

    @Test
    void linksAreFollowedIntoTheDistribution() throws IOException {
        file("gatun/bin/gatun");
        link("dist/" + NAME, "../../../../gatun/bin/gatun");
        link("bin/my-service", "../dist/" + NAME);
        link("bin/alias", "my-service");
        assertThat(byName("bin/my-service")).isEqualTo(base + "/dist");
        assertThat(byName("bin/alias")).isEqualTo(base + "/dist");
    }

    @Test
    void aFolderMayBeALinkIntoTheDistribution() throws IOException {
        file("dist/" + NAME);
        link("launchers", "dist/service/bin/linux-amd64");
        assertThat(byName("launchers/python-service-launcher")).isEqualTo(base + "/dist");
    }

    @ParameterizedTest
    @CsvSource({"bin/gatun", "service/bin/gatun", "service/bin/linux/gatun", "service/sbin/linux-amd64/gatun"})
    void anotherPathOfOursTellsNothing(String path) throws IOException {
        file(path);
        assertThatThrownBy(() -> byName(path))
                .hasMessage("no dist root is to be found: there is no option --dist-root, " + path
                        + " is in no folder service/bin/OS-ARCH, and the current folder " + base
                        + " has no service/bin/launcher-static.yml");
    }

    @Test
    void linksInACircleTellNothing() throws IOException {
        link("one", "two");
        link("two", "one");
        assertThatThrownBy(() -> byName("one")).isInstanceOf(LaunchProblem.class);
    }

    @Test
    void theCurrentFolderIsTheLastResort() throws IOException {
        file("bin/gatun");
        file("service/bin/launcher-static.yml");
        assertThat(byName("bin/gatun")).isEqualTo(base.toString());
        assertThat(DistRoot.find(LIBC, Optional.empty(), Optional.empty(), bytes(base)).path()).isEqualTo(bytes(base));
    }

    @Test
    void withoutOurOwnPathThatIsSaid() {
        assertThatThrownBy(() -> DistRoot.find(LIBC, Optional.empty(), Optional.empty(), bytes(base)))
                .hasMessageContaining("our own path is not known");
    }

    @ParameterizedTest
    @CsvSource({
        "var/log,      /opt/service/var/log",
        "./a//b/,      /opt/service/a/b",
        "../other,     /opt/other",
        "../../../x,   /x",
        "/etc/../x,    /etc/../x",
        "'',           /opt/service"
    })
    void resolvesPaths(String path, String absolute) {
        assertThat(new DistRoot(CString.of("/opt/service")).resolve(path)).isEqualTo(CString.of(absolute));
    }

    @Test
    void isAbsolute() {
        CString relative = CString.of("dist");
        assertThatThrownBy(() -> new DistRoot(relative)).isInstanceOf(IllegalArgumentException.class);
    }
}
