package dev.gatun.service;

import dev.gatun.config.Setting;
import dev.gatun.linux.CString;
import dev.gatun.linux.Rlimit;
import dev.gatun.log.JsonText;
import dev.gatun.service.launch.MemoryPlan;
import dev.gatun.service.launch.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is in effect and what would be done, for people and for programs. What looks secret is masked.
 *
 * @param settings every value that counts, with where it comes from
 * @param facts what follows from them here, in the order of the launch
 * @param processes as they would be made, the primary one first
 */
public record ServiceExplanation(List<Setting> settings, List<Fact> facts, List<ProcessShown> processes) {

    /** Something that follows from the configuration on this machine. */
    record Fact(String name, String value) {}

    /**
     * A process as it would be made.
     *
     * @param environment variables that are not simply inherited
     */
    record ProcessShown(String name, String commandLine, List<String> environment) {}

    static ServiceExplanation of(ServicePlan plan, List<Setting> settings) {
        List<ProcessShown> processes = new ArrayList<>();
        processes.add(shown(plan.primary()));
        for (ServicePlan.SubProcessPlan one : plan.subProcesses()) {
            processes.add(shown(one.process()));
        }
        return new ServiceExplanation(Secrets.settings(settings), facts(plan), processes);
    }

    private static ProcessShown shown(ProcessPlan process) {
        List<String> environment = new ArrayList<>();
        for (CString entry : process.environment().assigned()) {
            environment.add(Secrets.entry(entry));
        }
        return new ProcessShown(process.name(), Secrets.commandLine(process.command().arguments()), environment);
    }

    private static List<Fact> facts(ServicePlan plan) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("name", plan.metadata().name()));
        facts.add(new Fact("version", plan.metadata().version()));
        facts.add(new Fact("dist_root", plan.distRoot().toString()));
        facts.add(new Fact("processors", plan.cpu().count() + ", by " + plan.cpu().source()));
        if (plan.memory() instanceof MemoryPlan.Managed memory) {
            facts.add(new Fact("memory_limit_bytes", memory.limitBytes() + ", by " + memory.source()));
            facts.add(new Fact("memory_promised_bytes", Long.toString(memory.effectiveBytes())));
            if (plan.watchesMemory()) {
                facts.add(new Fact("watchdog_soft_bytes", Long.toString(memory.softBytes())));
                facts.add(new Fact("watchdog_hard_bytes", Long.toString(memory.hardBytes())));
            }
        } else {
            facts.add(new Fact("memory_limit_bytes", "unmanaged"));
        }
        for (Rlimit limit : plan.limits()) {
            facts.add(new Fact("rlimit_" + limit.resource().name().toLowerCase(Locale.ROOT),
                    Rlimit.text(limit.soft()) + ":" + Rlimit.text(limit.hard())));
        }
        facts.add(new Fact("pid_file", plan.managed().getFirst().instance().path()));
        facts.add(new Fact("becomes_the_service", plan.needsNobody() ? "yes, there is nothing to watch" : "no"));
        return facts;
    }

    /** Blocks with headings; settings as one could write them down, with their sources as comments. */
    public String text() {
        StringBuilder text = new StringBuilder("settings:\n");
        for (Setting setting : settings) {
            text.append("  ").append(setting.path()).append(": ").append(setting.value())
                    .append("  # ").append(setting.source().text()).append('\n');
        }
        text.append("\nhere:\n");
        for (Fact fact : facts) {
            text.append("  ").append(fact.name()).append(": ").append(fact.value()).append('\n');
        }
        for (ProcessShown process : processes) {
            text.append("\nprocess ").append(process.name()).append(":\n  ").append(process.commandLine())
                    .append("\n  environment, beside what is inherited:\n");
            for (String entry : process.environment()) {
                text.append("    ").append(entry).append('\n');
            }
        }
        return text.toString();
    }

    public String json() {
        StringBuilder json = new StringBuilder("{\n  \"settings\": [");
        String separator = "\n    ";
        for (Setting setting : settings) {
            JsonText.quote(json.append(separator).append("{\"path\": "), setting.path());
            JsonText.quote(json.append(", \"value\": "), setting.value());
            JsonText.quote(json.append(", \"source\": "), setting.source().text());
            json.append('}');
            separator = ",\n    ";
        }
        json.append("\n  ],\n  \"here\": {");
        separator = "\n    ";
        for (Fact fact : facts) {
            JsonText.quote(json.append(separator), fact.name());
            JsonText.quote(json.append(": "), fact.value());
            separator = ",\n    ";
        }
        json.append("\n  },\n  \"processes\": [");
        separator = "\n    ";
        for (ProcessShown process : processes) {
            JsonText.quote(json.append(separator).append("{\"name\": "), process.name());
            JsonText.quote(json.append(", \"command\": "), process.commandLine());
            json.append(", \"environment\": [");
            String comma = "";
            for (String entry : process.environment()) {
                JsonText.quote(json.append(comma), entry);
                comma = ", ";
            }
            json.append("]}");
            separator = ",\n    ";
        }
        return json.append("\n  ]\n}\n").toString();
    }
}
