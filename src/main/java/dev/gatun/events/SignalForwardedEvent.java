package dev.gatun.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A signal arrived and was passed on. */
@Name("dev.gatun.SignalForwarded")
@Label("Signal Forwarded")
@Description("A signal arrived and was passed on")
@Category({"Gatun", "Signal"})
@StackTrace(false)
public final class SignalForwardedEvent extends Event {

    @Label("Received")
    @Description("Name of the signal that arrived")
    public String received;

    @Label("Sent")
    @Description("Name of the signal that was passed on")
    public String sent;

    @Label("Sender PID")
    @Description("0 for the kernel, and for a sender outside our PID namespace")
    public int senderPid;

    @Label("Sender User")
    public int senderUid;

    @Label("PID")
    @Description("Pid of the leader that it was passed on to")
    public int pid;

    @Label("Target")
    @Description("Leader, or its whole process group")
    public String target;
}
