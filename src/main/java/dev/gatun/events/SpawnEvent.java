package dev.gatun.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A process was created and runs its program, or was not. The duration is that of clone to exec. */
@Name("dev.gatun.Spawn")
@Label("Spawn")
@Description("A process was created and runs its program, or the step that failed")
@Category({"Gatun", "Process"})
@StackTrace(false)
public final class SpawnEvent extends Event {

    @Label("Process")
    @Description("Name under which the process is supervised")
    public String process;

    @Label("PID")
    @Description("Pid of the new process, 0 where there is none")
    public int pid;

    @Label("Attempt")
    @Description("Number of the start, from 1")
    public int attempt;

    @Label("Steps")
    @Description("Steps of the tape between clone and the running program")
    public int steps;

    @Label("Failed Step")
    @Description("The step that failed, with its errno; empty for a success")
    public String failedStep;
}
