package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.util.Map;
import java.util.Optional;

/**
 * A service as its two files describe it together. The same record reads the static file alone, and the schema of that
 * file is made from this very code.
 *
 * @param serviceName required for java and executable; for python the name comes from the manifest
 * @param subProcesses by name, in their order
 * @param terminationMessagePath where the end is explained to Kubernetes, if that file is there
 * @param ignoresContainer no control group is looked at, whatever the environment says
 */
public record ServiceConfig(
        Program program,
        Optional<String> serviceName,
        MemorySettings memory,
        WatchdogSettings watchdog,
        ResourceSettings resources,
        Map<String, SubProcess> subProcesses,
        PathSettings paths,
        LoggingSettings logging,
        StreamSettings streams,
        ReadinessSettings readiness,
        CpuSettings cpu,
        StopSettings stop,
        RestartSettings restart,
        String terminationMessagePath,
        boolean ignoresContainer) {

    /** Reads a file, or what two files have become. */
    public static ServiceConfig read(Section section) {
        ConfigType type = section.choice("configType", ConfigType.PYTHON, "What kind of program this is");
        section.require("configVersion");
        section.integer("configVersion", 1, Range.between(1, 1), "Version of this format");
        ServiceConfig config = new ServiceConfig(
                Program.read(section, type),
                section.text("serviceName", "Name of a java or executable service").filter(name -> !name.isEmpty()),
                section.section("memory", "How much memory the service is promised", MemorySettings::read),
                section.section("watchdog", "What happens when it uses too much", WatchdogSettings::read),
                section.section("resources", "Resource limits of the service", ResourceSettings::read),
                section.sections("subProcesses", "Processes that run beside the primary one and end with it",
                        one -> SubProcess.read(one, type)),
                section.section("paths", "Where things are, relative to the dist root", PathSettings::read),
                section.section("logging", "The launcher's own log, and the service's output", LoggingSettings::read),
                section.section("streams", "Where the standard streams of the service lead", StreamSettings::read),
                section.section("readiness", "How the outside learns whether the service can work",
                        ReadinessSettings::read),
                section.section("cpu", "How many processors the service is told it has", CpuSettings::read),
                StopSettings.read(section),
                section.section("restart", "Whether the service is started again when it has ended",
                        RestartSettings::read),
                section.text("terminationMessagePath", "/dev/termination-log",
                        "File for the reason of the end and the last lines of output, if it is there and writable"),
                section.flag("dangerousDisableContainerSupport", false,
                        "Look at no control group: no limits, no heap sizes, no CPU quota"));
        ProgramRules.checkService(section, config);
        return config;
    }

    /**
     * The same for a health check beside the service: it must not be in the service's way, and its end is the answer.
     */
    public ServiceConfig forCheck() {
        return new ServiceConfig(
                program, serviceName, memory, watchdog.off(), resources, subProcesses, paths, logging.passingThrough(),
                streams, readiness.off(), cpu, stop, restart.never(), "", ignoresContainer);
    }

    /** The same without sub-processes: for the primary process by itself. */
    public ServiceConfig alone() {
        return new ServiceConfig(
                program, serviceName, memory, watchdog, resources, Map.of(), paths, logging, streams, readiness, cpu,
                stop, restart, terminationMessagePath, ignoresContainer);
    }

    /** One of the sub-processes by itself, which nobody asks anything and whose memory nobody watches. */
    public ServiceConfig aloneAs(SubProcess process) {
        return new ServiceConfig(
                process.program(), serviceName, memory, watchdog.off(), resources, Map.of(), paths, logging, streams,
                readiness.off(), cpu, stop, process.restart(), "", ignoresContainer);
    }

    public ConfigType type() {
        return program.type();
    }

    /** Whether there is anything to watch, by the rules of the type. */
    public boolean watchesMemory() {
        return memory.mode() != MemoryMode.UNMANAGED && watchdog.enabled().orElse(type() == ConfigType.PYTHON);
    }
}
