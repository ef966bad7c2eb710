package dev.gatun.service.launch;

import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.ExecutionMode;
import dev.gatun.service.config.ExperimentalSettings;
import dev.gatun.service.config.HeapSettings;
import dev.gatun.service.config.LaunchMode;
import dev.gatun.service.config.Program;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes programs as the files describe them: all keys absent but those that are set here. */
final class Programs {

    private final ConfigType type;
    private LaunchMode mode = LaunchMode.PEX;
    private Optional<String> executable = Optional.empty();
    private Optional<String> pythonPath = Optional.empty();
    private Optional<String> entryPoint = Optional.empty();
    private List<String> pythonOpts = List.of();
    private Optional<String> mainClass = Optional.empty();
    private List<String> classpath = List.of();
    private Optional<String> javaHome = Optional.empty();
    private List<String> jvmOpts = List.of();
    private List<String> args = List.of();
    private final Map<String, String> env = new LinkedHashMap<>();
    private Optional<List<String>> dirs = Optional.empty();
    private final Map<String, String> cgroupsV1 = new LinkedHashMap<>();
    private ExperimentalSettings experimental =
            new ExperimentalSettings(ExecutionMode.JVM, "service/bin/native-executable", List.of(), false);
    private HeapSettings heap =
            new HeapSettings(OptionalDouble.empty(), false, OptionalInt.empty(), OptionalInt.empty());

    private Programs(ConfigType type) {
        this.type = type;
    }

    static Programs python(LaunchMode mode, String executable) {
        Programs programs = new Programs(ConfigType.PYTHON);
        programs.mode = mode;
        programs.executable = Optional.of(executable);
        return programs;
    }

    static Programs java(String mainClass, String... classpath) {
        Programs programs = new Programs(ConfigType.JAVA);
        programs.mainClass = Optional.of(mainClass);
        programs.classpath = List.of(classpath);
        return programs;
    }

    static Programs executable(String executable) {
        Programs programs = new Programs(ConfigType.EXECUTABLE);
        programs.executable = Optional.of(executable);
        return programs;
    }

    Programs pythonPath(String value) {
        pythonPath = Optional.of(value);
        return this;
    }

    Programs entryPoint(String value) {
        entryPoint = Optional.of(value);
        return this;
    }

    Programs pythonOpts(String... values) {
        pythonOpts = List.of(values);
        return this;
    }

    Programs javaHome(String value) {
        javaHome = Optional.of(value);
        return this;
    }

    Programs jvmOpts(String... values) {
        jvmOpts = List.of(values);
        return this;
    }

    Programs args(String... values) {
        args = List.of(values);
        return this;
    }

    Programs env(String name, String value) {
        env.put(name, value);
        return this;
    }

    Programs dirs(String... values) {
        dirs = Optional.of(List.of(values));
        return this;
    }

    Programs cgroup(String controller, String group) {
        cgroupsV1.put(controller, group);
        return this;
    }

    Programs nativeImage(String path, String... arguments) {
        experimental = new ExperimentalSettings(ExecutionMode.NATIVE, path, List.of(arguments), false);
        return this;
    }

    Programs heapPercentage(double value) {
        heap = new HeapSettings(OptionalDouble.of(value), false, OptionalInt.empty(), OptionalInt.empty());
        return this;
    }

    Program get() {
        return new Program(
                type, mode, executable, pythonPath, entryPoint, pythonOpts, mainClass, classpath, javaHome, jvmOpts,
                args, env, dirs, cgroupsV1, false, experimental, heap);
    }
}
