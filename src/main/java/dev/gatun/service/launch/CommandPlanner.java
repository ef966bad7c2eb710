package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.service.config.ExecutionMode;
import dev.gatun.service.config.Program;
import java.util.List;
import java.util.Optional;

/** Turns what a configuration says of a program into what is executed. Nothing goes through a shell. */
public final class CommandPlanner {

    private final ProgramFiles files;
    private final List<CString> launcherEnvironment;
    private final ContainerMode container;
    private final MemoryFacts memory;
    private final int processors;

    /**
     * @param launcherEnvironment our own, for the variables that {@code pythonPath} and {@code javaHome} name
     * @param processors those that this process may run on, whatever the quota
     */
    public CommandPlanner(
            Libc libc, DistRoot root, List<CString> launcherEnvironment, ContainerMode container, MemoryFacts memory,
            int processors) {
        this.files = new ProgramFiles(libc, root);
        this.launcherEnvironment = List.copyOf(launcherEnvironment);
        this.container = requireNonNull(container);
        this.memory = requireNonNull(memory);
        this.processors = processors;
    }

    /**
     * The command of a program that was found to be in order.
     *
     * @param environment that the program will have, for its {@code PATH}
     * @throws LaunchProblem where a file is missing, cannot be executed, or cannot be named
     */
    public CommandLine plan(Program program, List<CString> environment) {
        return switch (program.type()) {
            case PYTHON -> new PythonCommand(files, launcherEnvironment, program).plan(environment);
            case JAVA -> program.experimental().executionMode() == ExecutionMode.NATIVE
                    ? nativeImage(program)
                    : java(program);
            case EXECUTABLE -> executable(program);
        };
    }

    private CommandLine java(Program program) {
        HeapOptions options = HeapOptions.of(program.jvmOpts(), program.heap(), container, memory, processors);
        CString name = JavaHome.launcher(program.javaHome(), launcherEnvironment);
        SafePath.require("javaHome", name);
        Words words = new Words(name)
                .addAll(options.options())
                .add("-classpath")
                .add(files.classPath(program.classpath()))
                .add(program.mainClass().orElse(""))
                .addAll(program.args());
        return words.commandLine(files.executable("javaHome", name), options.note());
    }

    private CommandLine nativeImage(Program program) {
        String key = "experimental.nativeImageExecutablePath";
        CString name = CString.of(program.experimental().nativeImage());
        SafePath.require(key, name);
        Words words = new Words(name)
                .addAll(NativeArguments.of(
                        program.jvmOpts(), program.experimental().nativeImageArguments(), program.heap(), container))
                .addAll(program.args());
        return words.commandLine(files.executable(key, name), Optional.empty());
    }

    private CommandLine executable(Program program) {
        CString name = CString.of(program.executable().orElse(""));
        SafePath.require("executable", name);
        return new Words(name)
                .addAll(program.args())
                .commandLine(files.executable("executable", name), Optional.empty());
    }
}
