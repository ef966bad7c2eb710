package dev.gatun.service.config;

import dev.gatun.config.Section;
import java.util.List;
import java.util.Optional;

/** What must hold between the keys of a service, by the type of its program. */
final class ProgramRules {

    private static final List<String> KNOWN_EXECUTABLES =
            List.of("java", "postgres", "influxd", "grafana-server", "envoy");

    private static final String SUB_PROCESSES = "subProcesses.";

    private ProgramRules() {}

    static void checkService(Section section, ServiceConfig config) {
        Program program = config.program();
        if (program.type() != ConfigType.PYTHON) {
            checkName(section, config);
        }
        checkVariables(section, program);
        checkProgram(section, program);
        WatchdogSettings watchdog = config.watchdog();
        boolean dumpsByCommand = watchdog.dump().kind().isEmpty() && program.type() != ConfigType.JAVA;
        if (watchdog.action() == WatchdogAction.DUMP && dumpsByCommand && watchdog.dump().command().isEmpty()) {
            section.error("watchdog", "action dump without a dump.command",
                    "a command, or dump.kind heap or jfr for a JVM");
        }
        if (watchdog.action() == WatchdogAction.RESTART && config.restart().when() == RestartWhen.NO) {
            section.error("watchdog", "action restart without a restart policy",
                    "restart.policy on-failure or always beside it");
        }
    }

    static void checkSubProcess(Section section, Program program, ConfigType fileType) {
        // Whatever is in it: a name may have dots.
        String name = section.path().substring(SUB_PROCESSES.length());
        checkVariables(section, program);
        if (!isFileName(name)) {
            section.error("", "the name \"" + name + "\"", "the name of a file: not empty, and without slashes");
        }
        if (program.type() == ConfigType.PYTHON) {
            if (program.executable().isEmpty()) {
                section.error("executable", "nothing", "the program to start");
            }
            return;
        }
        if (fileType != ConfigType.PYTHON && !isName(name)) {
            section.error("", "the name \"" + name + "\"", "a name of the characters a-z, 0-9 and -");
        }
        checkProgram(section, program);
    }

    /** With an equals sign in its name another variable would be set, with an empty name none. */
    private static void checkVariables(Section section, Program program) {
        for (String name : program.env().keySet()) {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                section.error("env", "the name \"" + name + "\"", "the name of a variable, without =");
            }
        }
    }

    private static void checkName(Section section, ServiceConfig config) {
        Optional<String> name = config.serviceName();
        if (name.isEmpty() || !isName(name.get())) {
            section.error("serviceName", name.isEmpty() ? "nothing" : "\"" + name.get() + "\"",
                    "a name of the characters a-z, 0-9 and -");
        } else if (config.subProcesses().containsKey(name.get())) {
            section.error("subProcesses", "the name of the service itself, " + name.get(), "another name");
        }
    }

    private static void checkProgram(Section section, Program program) {
        switch (program.type()) {
            case PYTHON -> checkPython(section, program);
            case JAVA -> checkJava(section, program);
            case EXECUTABLE -> checkExecutable(section, program);
        }
        if (program.type() != ConfigType.PYTHON) {
            for (String folder : program.dirs().orElse(List.of())) {
                if (!isFolder(folder)) {
                    section.error("dirs", "\"" + folder + "\"", "names of letters and digits with / between them");
                }
            }
        }
    }

    private static void checkPython(Section section, Program program) {
        if (program.executable().isEmpty()) {
            section.error("executable", "nothing", "the program to start");
        }
        boolean application = program.mode() == LaunchMode.UVICORN || program.mode() == LaunchMode.GUNICORN;
        if (program.entryPoint().isPresent() && !application) {
            section.warn("entryPoint", "a key without effect in launchMode " + program.mode().text(),
                    "it in launchMode uvicorn or gunicorn only");
        }
    }

    private static void checkJava(Section section, Program program) {
        if (program.mainClass().isEmpty()) {
            section.error("mainClass", "nothing", "the main class of the service");
        }
        if (program.classpath().isEmpty()) {
            section.error("classpath", "nothing", "a list of jars and folders");
        }
    }

    private static void checkExecutable(Section section, Program program) {
        if (program.executable().isEmpty()) {
            section.error("executable", "nothing", "the program to start");
            return;
        }
        String path = program.executable().get();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!isSafePath(path)) {
            section.error("executable", "\"" + path + "\"", "a path of letters, digits, and the characters . / _ -");
        } else if (!KNOWN_EXECUTABLES.contains(name) && !program.anyExecutable()) {
            section.error("executable", "\"" + path + "\"",
                    "one of " + String.join(", ", KNOWN_EXECUTABLES) + ", or anyExecutable: true beside it");
        }
    }

    /** Of letters, digits, dots, slashes, underscores and dashes, so that no shell could take it for anything else. */
    static boolean isSafePath(String path) {
        return hasOnly(path, "./_-", true);
    }

    /** It is that of the pid file and of the log. */
    private static boolean isFileName(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
    }

    private static boolean isName(String name) {
        return hasOnly(name, "-", false);
    }

    private static boolean isFolder(String path) {
        return hasOnly(path, "/", true) && !path.startsWith("/") && !path.endsWith("/") && !path.contains("//");
    }

    private static boolean hasOnly(String text, String others, boolean upperCase) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean letter = c >= 'a' && c <= 'z' || upperCase && c >= 'A' && c <= 'Z';
            if (!letter && !(c >= '0' && c <= '9') && others.indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
