package dev.gatun.service.launch;

import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Rlimit.Resource;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.ResourceSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The resource limits that a service is started with. One that we may not set stays as it is: it was never a reason not
 * to start.
 *
 * @param limits to set in the new process
 * @param warnings one for each that cannot be set
 */
public record ResourceLimits(List<Rlimit> limits, List<String> warnings) {

    public ResourceLimits {
        limits = List.copyOf(limits);
        warnings = List.copyOf(warnings);
    }

    /** @param type of the service; only Python services are without core files by default */
    public static ResourceLimits of(ResourceSettings settings, ConfigType type, LimitCeilings ceilings) {
        List<Rlimit> limits = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        if (settings.maxOpenFiles().isPresent()) {
            long wanted = settings.maxOpenFiles().getAsLong();
            if (wanted > ceilings.mostOpenFiles()) {
                warnings.add(warning("maxOpenFiles", wanted, "fs.nr_open, " + ceilings.mostOpenFiles()
                        + ", which nobody may exceed"));
            } else {
                set(limits, warnings, "maxOpenFiles", Resource.NOFILE, wanted, ceilings.openFiles(), ceilings);
            }
        }
        if (settings.maxProcesses().isPresent()) {
            set(limits, warnings, "maxProcesses", Resource.NPROC, settings.maxProcesses().getAsLong(),
                    ceilings.processes(), ceilings);
        }
        if (!settings.coreDumpEnabled().orElse(type != ConfigType.PYTHON)) {
            limits.add(new Rlimit(Resource.CORE, 0, 0));
        }
        return new ResourceLimits(limits, warnings);
    }

    private static void set(
            List<Rlimit> limits, List<String> warnings, String key, Resource resource, long wanted, long hard,
            LimitCeilings ceilings) {
        if (hard == Rlimit.UNLIMITED || wanted <= hard || ceilings.mayRaise()) {
            limits.add(new Rlimit(resource, wanted, wanted));
        } else {
            warnings.add(
                    warning(key, wanted, "our hard limit, " + hard + ", and to raise that takes CAP_SYS_RESOURCE"));
        }
    }

    private static String warning(String key, long wanted, String ceiling) {
        return "resources." + key + ": " + wanted + " is above " + ceiling + "; the limit stays as it is";
    }
}
