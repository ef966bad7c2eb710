package dev.gatun.service.config;

import dev.gatun.config.NullItems;
import dev.gatun.config.Range;
import dev.gatun.config.Section;

/**
 * What an operator may say in the custom file. It is read for its mistakes and for its schema; what counts is what the
 * two files have become together.
 */
public final class CustomConfig {

    private CustomConfig() {}

    /** Reads the keys that the custom file may have. */
    public static Void read(Section section) {
        // Required by one family of launchers and never looked at by the other, so that neither is insisted on.
        section.choice("configType", ConfigType.class, "What kind of program this is; as in the static file");
        section.integer("configVersion", Range.ANY, "Version of this format");
        readProgram(section);
        section.section("memory", "How much memory the service is promised; wins key by key", MemorySettings::read);
        section.section("watchdog", "What happens when it uses too much; wins key by key", WatchdogSettings::read);
        section.section("logging", "The launcher's own log; wins key by key", LoggingSettings::read);
        section.section("restart", "Whether the service is started again when it has ended; wins key by key",
                RestartSettings::read);
        StopSettings.read(section);
        section.flag("dangerousDisableContainerSupport", false,
                "Look at no control group: no limits, no heap sizes, no CPU quota");
        section.sections("subProcesses", "Settings of sub-processes that the static file has, by their names",
                one -> {
                    one.choice("configType", ConfigType.class, "What kind of program it is; as in the static file");
                    one.integer("configVersion", Range.ANY, "Version of this format");
                    return readProgram(one);
                });
        return null;
    }

    private static Void readProgram(Section section) {
        section.texts("args", NullItems.DROP, "Arguments behind those of the static file");
        section.texts("pythonOpts", NullItems.DROP, "Options of the interpreter behind those of the static file");
        section.texts("jvmOpts", NullItems.DROP, "Options of the JVM behind those of the static file");
        section.textMap("env", "Environment variables; they win over those of the static file");
        section.text("javaHome", "The Java home, instead of that of the static file");
        section.textMap("cgroupsV1", "Control groups of version 1 to enter: controller and group");
        HeapSettings.read(section, section.section("experimental", "A Java service as a native image",
                ExperimentalSettings::read));
        return null;
    }
}
