package dev.gatun.service.config;

import dev.gatun.config.NullItems;
import dev.gatun.config.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is started: the primary process or a sub-process. Which keys matter goes by the type; empty texts count as absent.
 *
 * @param dirs folders that are made before the start; absent for the default of the type
 * @param cgroupsV1 groups to enter, by controller of version 1
 * @param anyExecutable whether type {@code executable} may start a program that is not on its list
 */
public record Program(
        ConfigType type,
        LaunchMode mode,
        Optional<String> executable,
        Optional<String> pythonPath,
        Optional<String> entryPoint,
        List<String> pythonOpts,
        Optional<String> mainClass,
        List<String> classpath,
        Optional<String> javaHome,
        List<String> jvmOpts,
        List<String> args,
        Map<String, String> env,
        Optional<List<String>> dirs,
        Map<String, String> cgroupsV1,
        boolean anyExecutable,
        ExperimentalSettings experimental,
        HeapSettings heap) {

    /**
     * Reads the keys of one program.
     *
     * @param type of the file, or of the sub-process itself
     */
    static Program read(Section section, ConfigType type) {
        // Lists of YAML with an empty item: the one family of launchers drops it, the other passes an empty word on.
        NullItems nulls = type == ConfigType.PYTHON ? NullItems.DROP : NullItems.EMPTY_TEXT;
        ExperimentalSettings experimental = section.section("experimental",
                "A Java service as a native image", ExperimentalSettings::read);
        return new Program(
                type,
                section.choice("launchMode", LaunchMode.PEX, "How a Python service is started"),
                text(section, "executable",
                        "The program: a pex file, module, script, application (package.module) or command, by launchMode"),
                text(section, "pythonPath",
                        "The Python: a name is looked for on PATH, a path is relative to the dist root; $NAME is replaced"),
                text(section, "entryPoint", "Behind the colon in the application of uvicorn and gunicorn"),
                section.texts("pythonOpts", nulls, "Options of the Python interpreter"),
                text(section, "mainClass", "The main class of a Java service"),
                section.texts("classpath", nulls, "The class path of a Java service, relative to the dist root"),
                text(section, "javaHome",
                        "The Java home: a path, or $NAME for a variable with JAVA_HOME behind it; by default JAVA_HOME"),
                section.texts("jvmOpts", nulls, "Options of the JVM of a Java service"),
                section.texts("args", nulls, "Arguments of the program"),
                section.textMap("env", "Environment variables; {{CWD}} in a value stands for the dist root"),
                dirs(section),
                section.textMap("cgroupsV1", "Control groups of version 1 to enter: controller and group"),
                section.flag("anyExecutable", false,
                        "Let configType executable start any program, not only java, postgres, influxd, grafana-server and envoy"),
                experimental,
                HeapSettings.read(section, experimental));
    }

    private static Optional<List<String>> dirs(Section section) {
        List<String> dirs = section.texts("dirs", NullItems.DROP,
                "Folders to make, relative to the dist root; by default var/data/tmp, var/log and var/run for python");
        return section.has("dirs") ? Optional.of(dirs) : Optional.empty();
    }

    private static Optional<String> text(Section section, String name, String description) {
        return section.text(name, description).filter(text -> !text.isEmpty());
    }
}
