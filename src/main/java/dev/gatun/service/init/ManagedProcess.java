package dev.gatun.service.init;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.service.config.Program;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.config.SubProcess;
import dev.gatun.service.instance.ExpectedCommand;
import dev.gatun.service.instance.InstanceFile;
import dev.gatun.service.instance.PidFilePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One process of a service, which is started and stopped.
 *
 * @param name the service's, or the sub-process's
 * @param instance who runs it
 * @param logPath where its launcher and itself write, absolute
 */
public record ManagedProcess(String name, InstanceFile instance, String logPath) {

    private static final String LOG = "startup.log";

    public ManagedProcess {
        requireNonNull(name);
        requireNonNull(instance);
        requireNonNull(logPath);
    }

    /**
     * The processes of a configuration, the primary one first.
     *
     * @param primaryName the configuration's, or the manifest's
     * @param distRoot absolute
     */
    public static List<ManagedProcess> of(Libc libc, ServiceConfig config, String primaryName, String distRoot) {
        String pattern = absolute(distRoot, config.paths().pidFile());
        List<ManagedProcess> processes = new ArrayList<>();
        processes.add(of(libc, primaryName, config.program(), primaryName,
                PidFilePath.ofPrimary(pattern, primaryName), StartupLogs.folder(distRoot) + LOG));
        for (Map.Entry<String, SubProcess> entry : config.subProcesses().entrySet()) {
            String name = entry.getKey();
            String log = StartupLogs.folder(distRoot) + name + "-" + LOG;
            processes.add(of(libc, name, entry.getValue().program(), primaryName,
                    PidFilePath.ofSubProcess(pattern, name), log));
        }
        return processes;
    }

    private static ManagedProcess of(
            Libc libc, String name, Program program, String primaryName, String pidFile, String log) {
        return new ManagedProcess(name, new InstanceFile(libc, pidFile, expected(program, primaryName)), log);
    }

    /** By what the older launchers' process is known. Their own name is there too: one of them writes its own number. */
    private static ExpectedCommand expected(Program program, String serviceName) {
        List<String> words = new ArrayList<>(List.of(serviceName));
        program.executable().ifPresent(words::add);
        program.mainClass().ifPresent(words::add);
        switch (program.type()) {
            case PYTHON -> {
                words.add("python");
                words.add(program.mode().text());
                program.pythonPath().ifPresent(words::add);
            }
            case JAVA -> {
                words.add("java");
                words.add(program.experimental().nativeImage());
            }
            case EXECUTABLE -> words.add("java-launcher");
        }
        return ExpectedCommand.of(words);
    }

    private static String absolute(String distRoot, String path) {
        return path.startsWith("/") ? path : distRoot + "/" + path;
    }
}
