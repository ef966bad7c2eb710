package dev.gatun.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A supervised process went from one state to another. */
@Name("dev.gatun.ProcessTransition")
@Label("Process Transition")
@Description("A supervised process went from one state to another")
@Category({"Gatun", "Process"})
@StackTrace(false)
public final class ProcessTransitionEvent extends Event {

    @Label("Process")
    @Description("Name under which the process is supervised")
    public String process;

    @Label("PID")
    @Description("Pid of the leader, 0 while there is none")
    public int pid;

    @Label("From")
    public String from;

    @Label("To")
    public String to;

    @Label("Cause")
    @Description("Kind of the event that made the difference")
    public String cause;

    @Label("Reason")
    @Description("The decision in words")
    public String reason;

    @Label("Attempt")
    @Description("Number of the start, from 1")
    public int attempt;
}
