package dev.gatun.service;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.service.config.RestartSettings;
import java.util.List;

/**
 * One process of a service, ready to be made.
 *
 * @param name the service's, or the sub-process's
 * @param program the file to execute
 * @param words its arguments, the name it is called by first
 * @param shownWords the same for people: what looks secret is masked
 * @param environment entries {@code NAME=value}
 * @param cgroups the {@code cgroup.procs} files of the groups to enter
 */
record ProcessPlan(
        String name,
        CString program,
        List<CString> words,
        String shownWords,
        List<CString> environment,
        List<CString> cgroups,
        RestartSettings restart) {

    ProcessPlan {
        requireNonNull(name);
        requireNonNull(program);
        requireNonNull(shownWords);
        requireNonNull(restart);
        words = List.copyOf(words);
        environment = List.copyOf(environment);
        cgroups = List.copyOf(cgroups);
    }
}
