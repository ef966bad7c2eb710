package dev.gatun.service;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.service.config.RestartSettings;
import dev.gatun.service.launch.CommandLine;
import dev.gatun.service.launch.ServiceEnvironment;
import java.util.List;

/**
 * One process of a service, ready to be made.
 *
 * @param name the service's, or the sub-process's
 * @param cgroups the {@code cgroup.procs} files of the groups to enter
 * @param restart what becomes of it when it ends by itself
 */
record ProcessPlan(
        String name,
        CommandLine command,
        ServiceEnvironment environment,
        List<CString> cgroups,
        RestartSettings restart) {

    ProcessPlan {
        requireNonNull(name);
        requireNonNull(command);
        requireNonNull(restart);
        requireNonNull(environment);
        cgroups = List.copyOf(cgroups);
    }

    CString program() {
        return command.program();
    }
}
