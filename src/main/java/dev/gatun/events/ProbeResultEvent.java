package dev.gatun.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A process was asked whether it can work, and answered or not. The duration is that of the attempt. */
@Name("dev.gatun.ProbeResult")
@Label("Probe Result")
@Description("A process was asked whether it can work, and answered or not")
@Category({"Gatun", "Process"})
@StackTrace(false)
public final class ProbeResultEvent extends Event {

    @Label("Process")
    @Description("Name under which the process is supervised")
    public String process;

    @Label("Kind")
    @Description("http, tcp or exec")
    public String kind;

    @Label("Success")
    public boolean success;

    @Label("Reason")
    @Description("Of a failure, in words; empty for a success")
    public String reason;
}
