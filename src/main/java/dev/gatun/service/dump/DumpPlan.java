package dev.gatun.service.dump;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.DumpKind;
import dev.gatun.service.config.DumpSettings;
import java.time.Duration;
import java.util.List;

/**
 * All that is decided beforehand about dumps of one service.
 *
 * @param distRoot absolute; where the command runs
 * @param folder absolute; where dumps of a JVM are put
 * @param name what their files' names begin with
 * @param command what is run for {@link DumpKind#COMMAND}; {@code {{PID}}} in its words stands for the service's pid
 * @param environment of the command
 * @param timeout after which nobody waits for the dump any more
 */
public record DumpPlan(
        DumpKind kind, CString distRoot, CString folder, String name, List<String> command, List<CString> environment,
        Duration timeout) {

    public DumpPlan {
        requireNonNull(kind);
        requireNonNull(distRoot);
        requireNonNull(folder);
        requireNonNull(name);
        command = List.copyOf(command);
        environment = List.copyOf(environment);
        requireNonNull(timeout);
    }

    /**
     * What follows from a configuration.
     *
     * @param distRoot absolute
     * @param name of the service
     * @param environment of the service, for the command
     */
    public static DumpPlan of(
            DumpSettings settings, ConfigType type, CString distRoot, String name, List<CString> environment) {
        DumpKind kind = settings.kind().orElse(type == ConfigType.JAVA ? DumpKind.HEAP : DumpKind.COMMAND);
        CString folder = CString.of(settings.folder());
        if (!settings.folder().startsWith("/")) {
            folder = distRoot.plus(CString.of("/")).plus(folder);
        }
        return new DumpPlan(kind, distRoot, folder, name, settings.command(), environment, settings.timeout());
    }
}
