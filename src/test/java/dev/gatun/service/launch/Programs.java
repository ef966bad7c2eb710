package dev.gatun.service.launch;

import dev.gatun.log.JsonText;
import dev.gatun.service.config.LaunchMode;
import dev.gatun.service.config.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes programs as the files describe them: all keys absent but those that are set here. */
final class Programs {

    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<String> env = new ArrayList<>();

    private Programs(String type) {
        keys.put("configType", type);
    }

    static Programs python(LaunchMode mode, String executable) {
        return new Programs("python").set("launchMode", mode.text()).set("executable", executable);
    }

    static Programs java(String mainClass, String... classpath) {
        return new Programs("java").set("mainClass", mainClass).set("classpath", classpath);
    }

    static Programs executable(String executable) {
        return new Programs("executable").set("executable", executable);
    }

    private Programs set(String key, String value) {
        keys.put(key, quote(value));
        return this;
    }

    private Programs set(String key, String[] values) {
        keys.put(key, list(values));
        return this;
    }

    Programs pythonPath(String value) {
        return set("pythonPath", value);
    }

    Programs entryPoint(String value) {
        return set("entryPoint", value);
    }

    Programs pythonOpts(String... values) {
        return set("pythonOpts", values);
    }

    Programs javaHome(String value) {
        return set("javaHome", value);
    }

    Programs jvmOpts(String... values) {
        return set("jvmOpts", values);
    }

    Programs args(String... values) {
        return set("args", values);
    }

    Programs env(String name, String value) {
        env.add(quote(name) + ": " + quote(value));
        keys.put("env", "{" + String.join(", ", env) + "}");
        return this;
    }

    Programs dirs(String... values) {
        return set("dirs", values);
    }

    Programs heapPercentage(double value) {
        keys.put("heapPercentage", Double.toString(value));
        return this;
    }

    Programs nativeImage(String path, String... arguments) {
        keys.put("experimental", "{executionMode: native, nativeImageExecutablePath: " + quote(path)
                + ", nativeImageArguments: " + list(arguments) + "}");
        return this;
    }

    Program get() {
        List<String> lines = new ArrayList<>();
        keys.forEach((key, value) -> lines.add(key + ": " + value));
        return Services.read(lines.toArray(String[]::new)).program();
    }

    private static String list(String[] values) {
        List<String> quoted = new ArrayList<>();
        for (String value : values) {
            quoted.add(quote(value));
        }
        return "[" + String.join(", ", quoted) + "]";
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        JsonText.quote(quoted, text);
        return quoted.toString();
    }
}
