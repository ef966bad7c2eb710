package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import java.util.List;

/**
 * Whether this is a container, as the launchers before this one ask: by the variable {@code CONTAINER}, whatever its
 * value, and nothing else.
 *
 * @param flagged whether the variable is there
 * @param ignored whether the configuration says that no control group counts ({@code dangerousDisableContainerSupport})
 */
public record ContainerMode(boolean flagged, boolean ignored) {

    public static ContainerMode of(List<CString> inherited, boolean ignored) {
        return new ContainerMode(CommandPath.variable(inherited, "CONTAINER").isPresent(), ignored);
    }

    /** Whether the rules for containers hold. */
    public boolean isOn() {
        return flagged && !ignored;
    }
}
