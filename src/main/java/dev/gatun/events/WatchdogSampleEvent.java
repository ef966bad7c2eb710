package dev.gatun.events;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The memory watchdog took a sample. */
@Name("dev.gatun.WatchdogSample")
@Label("Watchdog Sample")
@Description("The memory watchdog took a sample")
@Category({"Gatun", "Memory"})
@StackTrace(false)
public final class WatchdogSampleEvent extends Event {

    @Label("Process")
    @Description("Name under which the process is supervised")
    public String process;

    @Label("Used")
    @Description("Memory in use, of all processes that count")
    @DataAmount
    public long usedBytes;

    @Label("Limit")
    @DataAmount
    public long limitBytes;

    @Label("Hard Limit")
    @Description("From here on the process is stopped")
    @DataAmount
    public long hardBytes;

    @Label("Level")
    @Description("healthy, soft_warning, hard_limit or terminating")
    public String level;
}
