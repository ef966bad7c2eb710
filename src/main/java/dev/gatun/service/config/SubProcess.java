package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;

/**
 * A process that runs beside the primary one and ends with it.
 *
 * @param restart what becomes of it when it ends by itself
 */
public record SubProcess(Program program, StartOrder start, RestartSettings restart) {

    static SubProcess read(Section section, ConfigType fileType) {
        ConfigType type = section.choice("configType", fileType,
                "What kind of program it is; by default the kind of the primary process");
        section.integer("configVersion", Range.ANY, "Version of this format; as at the top");
        SubProcess process = new SubProcess(
                Program.read(section, type),
                section.choice("start", StartOrder.AFTER, "Whether it is started before or after the primary process"),
                section.section("restart", "Whether it is started again when it has ended", RestartSettings::read));
        ProgramRules.checkSubProcess(section, process.program(), fileType);
        return process;
    }
}
