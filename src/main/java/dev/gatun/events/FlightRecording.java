package dev.gatun.events;

import jdk.jfr.FlightRecorder;

/** Whether anybody records. */
public final class FlightRecording {

    private FlightRecording() {}

    /**
     * False until the first recording of this JVM is made, by an option, by {@code jcmd} or in code. Asking loads one
     * small class; the event classes behind it, with all that they bring, are only loaded when the answer is yes.
     */
    public static boolean isOn() {
        return FlightRecorder.isInitialized();
    }
}
