package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.CString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Java and executables; {@link PythonCommandTest} has the rest. */
class CommandPlannerTest {

    private static final ContainerMode CONTAINER = new ContainerMode(true, false);

    @TempDir
    Path folder;

    private Dist dist;
    private String jdk;
    private String other;

    @BeforeEach
    void distribution() {
        dist = new Dist(folder);
        jdk = Path.of(dist.program("jdk/bin/java")).getParent().getParent().toString();
        other = Path.of(dist.program("other/bin/java")).getParent().getParent().toString();
    }

    private static CommandLine plan(CommandPlanner planner, Programs programs) {
        return planner.plan(programs.get(), CString.listOf("PATH=/bin:/usr/bin"));
    }

    private List<String> words(Programs programs, String... launcherEnvironment) {
        return Dist.texts(plan(dist.planner(launcherEnvironment), programs).arguments());
    }

    private String program(Programs programs, String... launcherEnvironment) {
        return plan(dist.planner(launcherEnvironment), programs).program().toString();
    }

    private void refuses(Programs programs, String sentence, String... launcherEnvironment) {
        assertThatThrownBy(() -> words(programs, launcherEnvironment))
                .isInstanceOf(LaunchProblem.class)
                .hasMessage(sentence);
    }

    private static Programs service() {
        return Programs.java("com.example.Main", "service/lib/a.jar");
    }

    @Test
    void aJavaServiceIsItsMainClass() {
        Programs service = Programs.java("com.example.Main", "service/lib/a.jar", "service/lib/*")
                .javaHome(jdk).jvmOpts("-ea", "-Xmx1g").args("server", "");
        CommandLine command = plan(dist.planner(), service);
        assertThat(command.program()).isEqualTo(CString.of(jdk + "/bin/java"));
        assertThat(Dist.texts(command.arguments())).containsExactly(
                jdk + "/bin/java", "-ea", "-Xmx1g", "-classpath",
                dist.path("service/lib/a.jar") + ":" + dist.path("service/lib/*"), "com.example.Main", "server", "");
        assertThat(command.note()).isEmpty();
    }

    @Test
    void theHeapIsMadeToFitInAContainer() {
        CommandLine command = plan(dist.planner(CONTAINER), service().javaHome(jdk).jvmOpts("-Xmx1g", "-ea"));
        assertThat(Dist.texts(command.arguments())).containsSubsequence(
                "-ea", "-Xms" + (81L << 20), "-Xmx" + (81L << 20), "-classpath");
        assertThat(command.note()).contains("container support is on: a heap of 81.00 MiB in a limit of 120.00 MiB");
    }

    @ParameterizedTest
    @CsvSource({
        "a.jar,                ROOT/a.jar",
        "/opt/lib/a.jar,       /opt/lib/a.jar",
        "/opt/../lib/./a.jar,  /opt/../lib/./a.jar",
        "lib/../a.jar,         ROOT/a.jar",
        "./lib//a.jar,         ROOT/lib/a.jar",
        "../a.jar,             PARENT/a.jar",
        "'',                   ROOT"
    })
    void theClassPathIsSeenFromTheDistRoot(String entry, String absolute) {
        String expected = absolute.replace("ROOT", dist.root().toString())
                .replace("PARENT", PathText.folder(dist.root().path()).toString());
        assertThat(words(Programs.java("M", entry).javaHome(jdk)))
                .containsExactly(jdk + "/bin/java", "-classpath", expected, "M");
    }

    @Test
    void aColonInTheDistRootCannotBeWritten() throws Exception {
        Dist odd = new Dist(Files.createDirectory(folder.resolve("a:b")));
        assertThatThrownBy(() -> plan(odd.planner(), service().javaHome(jdk)))
                .hasMessage("classpath: the dist root " + odd.root()
                        + " has a colon in its name, and a class path has no way to write that");
        assertThat(plan(odd.planner(), Programs.java("M", "/a.jar").javaHome(jdk)).arguments())
                .contains(CString.of("/a.jar"));
    }

    @Test
    void theJavaHomeIsAPath() {
        assertThat(program(service().javaHome(jdk + "//"), "JAVA_HOME=" + other)).isEqualTo(jdk + "/bin/java");
        assertThat(program(service().javaHome("jdk"))).isEqualTo(jdk + "/bin/java");
        assertThat(words(service().javaHome("jdk"))).startsWith("jdk/bin/java");
    }

    @Test
    void theJavaHomeIsAVariable() {
        String[] environment = {"JAVA_17_HOME=" + jdk, "JAVA_HOME=" + other, "EMPTY=", "RELATIVE=jdk"};
        assertThat(program(service().javaHome("$JAVA_17_HOME"), environment)).isEqualTo(jdk + "/bin/java");
        assertThat(program(service().javaHome("$RELATIVE"), environment)).isEqualTo(jdk + "/bin/java");
        assertThat(program(service().javaHome("$NOPE"), environment)).isEqualTo(other + "/bin/java");
        assertThat(program(service().javaHome("$EMPTY"), environment)).isEqualTo(other + "/bin/java");
        assertThat(program(service(), environment)).isEqualTo(other + "/bin/java");
        assertThat(program(service().env("JAVA_HOME", jdk), environment)).isEqualTo(other + "/bin/java");
    }

    @Test
    void withoutAJavaHomeThereIsNoJava() {
        refuses(service(), "javaHome is not set, and the environment has no JAVA_HOME");
        refuses(service(), "javaHome is not set, and the environment has no JAVA_HOME", "JAVA_HOME=");
        refuses(
                service().javaHome("$JAVA_17_HOME"),
                "javaHome is $JAVA_17_HOME, and the environment has no JAVA_17_HOME and no JAVA_HOME");
        refuses(
                service().javaHome("$JAVA_HOME"),
                "javaHome is $JAVA_HOME, and the environment has no JAVA_HOME");
        refuses(
                service().javaHome("$"),
                "javaHome: $ alone; a path, or the name of a variable such as $JAVA_21_HOME", "JAVA_HOME=" + jdk);
    }

    @Test
    void aJavaHomeHasSafeCharacters() {
        refuses(
                service().javaHome("/opt/my java"),
                "javaHome: /opt/my java/bin/java: the character ' ' is not among those of a path here: letters, digits, "
                        + "and . / _ -");
        refuses(
                service(),
                "javaHome: /opt/jdk;rm/bin/java: the character ';' is not among those of a path here: letters, digits, "
                        + "and . / _ -",
                "JAVA_HOME=/opt/jdk;rm");
    }

    @Test
    void aMissingJavaIsNamed() {
        refuses(service().javaHome("/nowhere"), "javaHome: there is no file /nowhere/bin/java");
        String plain = dist.file("plain/bin/java");
        refuses(service().javaHome("plain"), "javaHome: " + plain + " is not executable for us");
    }

    @Test
    void aNativeImageStandsInForTheJvm() {
        String image = dist.program("service/bin/native-executable");
        Programs service = service()
                .nativeImage("service/bin/native-executable", "-Xmx1g", "-Dfoo=1")
                .jvmOpts("-ea", "-Djava.io.tmpdir=var/data/tmp")
                .heapPercentage(60)
                .args("server");
        CommandLine command = plan(dist.planner(CONTAINER), service);
        assertThat(command.program()).isEqualTo(CString.of(image));
        assertThat(Dist.texts(command.arguments())).containsExactly(
                "service/bin/native-executable", "-Djava.io.tmpdir=var/data/tmp", "-Dfoo=1",
                "-XX:MaximumHeapSizePercent=60.00", "server");
        refuses(
                service().nativeImage("bin/nothing"),
                "experimental.nativeImageExecutablePath: there is no file " + dist.path("bin/nothing"));
        refuses(
                service().nativeImage("{{CWD}}/x"),
                "experimental.nativeImageExecutablePath: {{CWD}}/x: the character '{' is not among those of a path here: "
                        + "letters, digits, and . / _ -");
    }

    @Test
    void anExecutableIsItself() {
        String postgres = dist.program("bin/postgres");
        CommandLine command = plan(dist.planner(CONTAINER), Programs.executable("bin/postgres").args("-D", "data"));
        assertThat(command.program()).isEqualTo(CString.of(postgres));
        assertThat(Dist.texts(command.arguments())).containsExactly("bin/postgres", "-D", "data");
        assertThat(words(Programs.executable(postgres))).containsExactly(postgres);
    }

    @Test
    void anExecutableIsThereAndSafe() {
        refuses(
                Programs.executable("postgres"),
                "executable: there is no file " + dist.path("postgres")
                        + "; a name is relative to the dist root, not looked for on PATH");
        refuses(
                Programs.executable("{{CWD}}/postgres"),
                "executable: {{CWD}}/postgres: the character '{' is not among those of a path here: letters, digits, "
                        + "and . / _ -");
    }
}
