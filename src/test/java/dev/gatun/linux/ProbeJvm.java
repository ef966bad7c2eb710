package dev.gatun.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM that runs a class of these tests: for what needs a whole process in a state of its own. */
final class ProbeJvm {

    private ProbeJvm() {}

    static List<String> command(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
