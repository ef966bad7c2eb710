package dev.gatun.events;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A step of the launch of a service was made, or failed. The duration is the step's. */
@Name("dev.gatun.LaunchStep")
@Label("Launch Step")
@Description("A step of the launch of a service was made, or failed")
@Category({"Gatun", "Service"})
@StackTrace(false)
public final class LaunchStepEvent extends Event {

    @Label("Service")
    public String service;

    @Label("Number")
    @Description("Of the step, from 1")
    public int number;

    @Label("Step")
    public String step;

    @Label("Result")
    @Description("What came of it, in words")
    public String result;

    @Label("Failed")
    public boolean failed;
}
