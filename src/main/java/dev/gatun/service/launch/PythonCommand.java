package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import dev.gatun.service.config.Program;
import java.util.List;
import java.util.Optional;

/** The command of a Python program, by its launch mode. */
final class PythonCommand {

    private static final String DEFAULT_PYTHON = "python3";

    private final ProgramFiles files;
    private final List<CString> launcherEnvironment;
    private final Program program;
    private final String executable;

    PythonCommand(ProgramFiles files, List<CString> launcherEnvironment, Program program) {
        this.files = files;
        this.launcherEnvironment = launcherEnvironment;
        this.program = program;
        this.executable = program.executable().orElse("");
    }

    /** @param environment that the program will have */
    CommandLine plan(List<CString> environment) {
        return switch (program.mode()) {
            case PEX -> program.pythonPath().isEmpty() ? itself() : file(environment);
            case SCRIPT -> file(environment);
            case COMMAND -> itself();
            case MODULE -> interpreter(environment, "-m", executable);
            case UVICORN -> interpreter(environment, "-m", "uvicorn", application());
            case GUNICORN -> interpreter(environment, "-m", "gunicorn", application());
        };
    }

    private CommandLine itself() {
        CString path = files.executable("executable", CString.of(executable));
        return new Words(path).addAll(program.args()).commandLine(path, Optional.empty());
    }

    private CommandLine file(List<CString> environment) {
        // What begins with a dash is none to Python, but a way to say where the program is.
        if (!executable.startsWith("-")) {
            files.requireThere("executable", CString.of(executable));
        }
        return interpreter(environment, executable);
    }

    private String application() {
        return program.entryPoint().isPresent() ? executable + ":" + program.entryPoint().get() : executable;
    }

    private CommandLine interpreter(List<CString> environment, String... words) {
        CString python = python(environment);
        return new Words(python)
                .addAll(program.pythonOpts())
                .addAll(List.of(words))
                .addAll(program.args())
                .commandLine(python, Optional.empty());
    }

    private CString python(List<CString> environment) {
        if (program.pythonPath().isEmpty()) {
            return files.onPath("pythonPath is not set", CString.of(DEFAULT_PYTHON), environment);
        }
        String text = program.pythonPath().get();
        CString name = VariableText.expand("pythonPath", text, launcherEnvironment);
        return name.contains('/')
                ? files.executable("pythonPath", name)
                : files.onPath("pythonPath", name, environment);
    }
}
