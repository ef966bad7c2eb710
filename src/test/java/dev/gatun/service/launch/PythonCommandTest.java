package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.CString;
import dev.gatun.service.config.LaunchMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PythonCommandTest {

    @TempDir
    Path folder;

    private Dist dist;
    private String python;
    private String pathPython;
    private List<CString> environment;

    @BeforeEach
    void distribution() {
        dist = new Dist(folder);
        python = dist.program("venv/bin/python");
        pathPython = dist.program("somewhere/python3");
        dist.program("app.pex");
        environment = CString.listOf("A=1", "PATH=/nowhere:" + dist.path("somewhere"));
    }

    private List<String> words(Programs programs, String... launcherEnvironment) {
        CommandLine command = dist.planner(launcherEnvironment).plan(programs.get(), environment);
        assertThat(command.arguments().getFirst()).isEqualTo(command.program());
        assertThat(command.note()).isEmpty();
        return Dist.texts(command.arguments());
    }

    private void refuses(Programs programs, String sentence, String... launcherEnvironment) {
        assertThatThrownBy(() -> words(programs, launcherEnvironment))
                .isInstanceOf(LaunchProblem.class)
                .hasMessage(sentence);
    }

    private static Programs of(LaunchMode mode, String executable) {
        return Programs.python(mode, executable).pythonOpts("-X", "dev").args("--port", "80");
    }

    @Test
    void aPexWithAPythonIsItsFile() {
        assertThat(words(of(LaunchMode.PEX, "app.pex").pythonPath("venv/bin/python")))
                .containsExactly(python, "-X", "dev", "app.pex", "--port", "80");
    }

    @Test
    void aPexWithoutAPythonIsAProgram() {
        assertThat(words(of(LaunchMode.PEX, "app.pex"))).containsExactly(dist.path("app.pex"), "--port", "80");
    }

    @Test
    void aModuleAndApplicationsGoByName() {
        assertThat(words(of(LaunchMode.MODULE, "pkg.mod")))
                .containsExactly(pathPython, "-X", "dev", "-m", "pkg.mod", "--port", "80");
        assertThat(words(of(LaunchMode.UVICORN, "pkg.mod").entryPoint("app")))
                .containsExactly(pathPython, "-X", "dev", "-m", "uvicorn", "pkg.mod:app", "--port", "80");
        assertThat(words(of(LaunchMode.GUNICORN, "pkg.mod").entryPoint("make()")))
                .containsExactly(pathPython, "-X", "dev", "-m", "gunicorn", "pkg.mod:make()", "--port", "80");
        assertThat(words(of(LaunchMode.UVICORN, "pkg.mod:app")))
                .containsExactly(pathPython, "-X", "dev", "-m", "uvicorn", "pkg.mod:app", "--port", "80");
    }

    @Test
    void anEntryPointIsForApplicationsOnly() {
        assertThat(words(of(LaunchMode.MODULE, "pkg.mod").entryPoint("app"))).contains("pkg.mod");
        assertThat(words(of(LaunchMode.PEX, "app.pex").entryPoint("app")))
                .containsExactly(dist.path("app.pex"), "--port", "80");
    }

    @Test
    void aScriptIsItsFile() {
        dist.file("src/main.py");
        assertThat(words(of(LaunchMode.SCRIPT, "src/main.py")))
                .containsExactly(pathPython, "-X", "dev", "src/main.py", "--port", "80");
    }

    @Test
    void aCommandIsItself() {
        String tool = dist.program("bin/tool");
        assertThat(words(of(LaunchMode.COMMAND, "bin/tool"))).containsExactly(tool, "--port", "80");
        assertThat(words(of(LaunchMode.COMMAND, tool))).containsExactly(tool, "--port", "80");
        assertThat(words(of(LaunchMode.COMMAND, "bin/./x/../tool"))).containsExactly(tool, "--port", "80");
    }

    @Test
    void nothingBehindTheProgramIsTouched() {
        assertThat(words(Programs.python(LaunchMode.COMMAND, "app.pex").args("$HOME", "{{CWD}}", "", "~", "ä")))
                .containsExactly(dist.path("app.pex"), "$HOME", "{{CWD}}", "", "~", "ä");
    }

    @ParameterizedTest
    @CsvSource({"python3", "$PY", "${PY}", "${P}ython3", "python$THREE"})
    void aPythonWithoutASlashIsLookedForOnThePathOfTheServiceToBe(String pythonPath) {
        assertThat(words(
                Programs.python(LaunchMode.MODULE, "m").pythonPath(pythonPath),
                "PATH=/bin", "PY=python3", "P=p", "THREE=3"))
                .containsExactly(pathPython, "-m", "m");
    }

    @ParameterizedTest
    @CsvSource({"venv/bin/python", "./venv/bin/python", "$VENV/bin/python", "${ROOT}/venv/bin/python"})
    void aPythonWithASlashIsRelativeToTheDistRoot(String pythonPath) {
        assertThat(words(
                Programs.python(LaunchMode.MODULE, "m").pythonPath(pythonPath),
                "VENV=venv", "ROOT=" + dist.root()))
                .containsExactly(python, "-m", "m");
    }

    @Test
    void variablesAreThoseOfTheLauncher() {
        environment = CString.listOf("VENV=venv");
        refuses(
                Programs.python(LaunchMode.MODULE, "m").pythonPath("$VENV/bin/python").env("VENV", "venv"),
                "pythonPath: $VENV/bin/python: the variable VENV is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "$NOPE_HOME/bin/python3, the variable NOPE_HOME is not set",
        "${NOPE}/bin/python3,    the variable NOPE is not set",
        "a${B,                   a ${ without its }",
        "${}/python,             a $ without the name of a variable behind it",
        "${A-b}/python,          a $ without the name of a variable behind it",
        "$/python,               a $ without the name of a variable behind it",
        "/opt/$,                 a $ without the name of a variable behind it",
        "$1/python,              a $ without the name of a variable behind it",
        "$$/python,              a $ without the name of a variable behind it",
        "$EMPTY,                 nothing is left of it"
    })
    void aVariableHasToBeThere(String pythonPath, String complaint) {
        refuses(
                Programs.python(LaunchMode.MODULE, "m").pythonPath(pythonPath),
                "pythonPath: " + pythonPath + ": " + complaint, "EMPTY=");
    }

    @Test
    void aTildeIsNotExpanded() {
        refuses(
                Programs.python(LaunchMode.MODULE, "m").pythonPath("~/venv/bin/python"),
                "pythonPath: ~/venv/bin/python: ~ is not expanded, since no shell is asked; write the whole path");
        for (LaunchMode mode : List.of(LaunchMode.PEX, LaunchMode.COMMAND, LaunchMode.SCRIPT)) {
            refuses(
                    Programs.python(mode, "~joe/app.pex"),
                    "executable: ~joe/app.pex: ~ is not expanded, since no shell is asked; write the whole path");
        }
    }

    @Test
    void aMissingPythonIsNamedWithWhereItWasLookedFor() {
        environment = CString.listOf("PATH=/nowhere::rel");
        refuses(
                Programs.python(LaunchMode.MODULE, "m"),
                "pythonPath is not set: python3 is in no folder of PATH (/nowhere::rel)");
        refuses(
                Programs.python(LaunchMode.MODULE, "m").pythonPath("python9"),
                "pythonPath: python9 is in no folder of PATH (/nowhere::rel)");
        environment = List.of();
        refuses(
                Programs.python(LaunchMode.MODULE, "m").pythonPath("python9"),
                "pythonPath: python9 is in no folder of PATH, which is not set");
    }

    @Test
    void foldersOfPathAreSeenFromTheDistRoot() {
        environment = CString.listOf("PATH=nowhere:somewhere");
        assertThat(words(Programs.python(LaunchMode.MODULE, "m"))).containsExactly(pathPython, "-m", "m");
        String inRoot = dist.program("python3");
        environment = CString.listOf("PATH=/nowhere::somewhere");
        assertThat(words(Programs.python(LaunchMode.MODULE, "m"))).containsExactly(inRoot, "-m", "m");
    }

    @Test
    void whatCannotBeExecutedIsNamed() {
        String plain = dist.file("plain");
        refuses(Programs.python(LaunchMode.COMMAND, "plain"), "executable: " + plain + " is not executable for us"
                + "; a name is relative to the dist root, not looked for on PATH");
        refuses(Programs.python(LaunchMode.PEX, "./plain"), "executable: " + plain + " is not executable for us");
        refuses(Programs.python(LaunchMode.COMMAND, "nginx"), "executable: there is no file " + dist.path("nginx")
                + "; a name is relative to the dist root, not looked for on PATH");
        refuses(
                Programs.python(LaunchMode.COMMAND, "./venv"),
                "executable: " + dist.path("venv") + " is a folder");
        refuses(
                Programs.python(LaunchMode.COMMAND, "plain/x"),
                "executable: " + dist.path("plain/x") + " cannot be reached: ENOTDIR (Not a directory)");
        refuses(
                Programs.python(LaunchMode.MODULE, "m").pythonPath("venv/bin/python4"),
                "pythonPath: there is no file " + dist.path("venv/bin/python4"));
        dist.file("other/python5");
        environment = CString.listOf("PATH=other");
        refuses(
                Programs.python(LaunchMode.MODULE, "m").pythonPath("python5"),
                "pythonPath: " + dist.path("other/python5") + " is not executable for us");
    }

    @ParameterizedTest
    @EnumSource(names = {"PEX", "SCRIPT"})
    void aFileForPythonHasToBeThere(LaunchMode mode) {
        refuses(
                Programs.python(mode, "gone.pex").pythonPath("python3"),
                "executable: there is no file " + dist.path("gone.pex"));
        dist.file("a folder/x");
        assertThat(words(Programs.python(mode, "a folder").pythonPath("python3")))
                .containsExactly(pathPython, "a folder");
        assertThat(words(Programs.python(mode, "-").pythonPath("python3"))).containsExactly(pathPython, "-");
    }
}
