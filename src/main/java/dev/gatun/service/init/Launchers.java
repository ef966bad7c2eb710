package dev.gatun.service.init;

import dev.gatun.linux.SpawnResult;
import dev.gatun.service.instance.InstanceFile;

/** How launchers come to be. */
public interface Launchers {

    /**
     * Starts the launcher of one process, detached: in a session of its own, reading nothing, writing to the end of the
     * process's log, and living on when we end. It says in the {@link InstanceFile} what it has done.
     */
    SpawnResult start(ManagedProcess process);

    /** Starts a health check that writes to the end of a file and ends with us. Its exit code is the answer. */
    SpawnResult check(String logPath);

    /**
     * Makes this process the launcher of all processes, in the foreground.
     *
     * @return only when that fails: why
     */
    String become();
}
