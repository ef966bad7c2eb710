package dev.gatun.service;

import dev.gatun.events.FlightRecording;
import dev.gatun.events.LaunchStepEvent;
import dev.gatun.linux.LinuxException;
import dev.gatun.log.Log;
import dev.gatun.service.launch.LaunchProblem;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the steps of a launch: each is logged once, with what came of it and how long it took, and recorded. */
final class LaunchSequence {

    private static final int STEPS = LaunchStep.values().length;

    private final Supplier<Log> log;
    private String service = "";

    /** @param log the log at the time; the first step finds out what it is to look like */
    LaunchSequence(Supplier<Log> log) {
        this.log = log;
    }

    /** Says what recordings call the service. */
    void service(String name) {
        service = name;
    }

    /**
     * Makes one step.
     *
     * @param result what came of it, in words
     * @throws LaunchFailure naming the step
     */
    <R> R make(LaunchStep step, Supplier<R> action, Function<R, String> result) {
        LaunchStepEvent event = FlightRecording.isOn() ? new LaunchStepEvent() : null;
        if (event != null) {
            event.begin();
        }
        long start = System.nanoTime();
        try {
            R value = action.get();
            String words = result.apply(value);
            log.get().info("step " + step.number() + " of " + STEPS + ", " + step.text() + ": " + words,
                    "took", micros(System.nanoTime() - start));
            commit(event, step, words, false);
            return value;
        } catch (LinuxException | LaunchProblem refused) {
            commit(event, step, refused.getMessage(), true);
            throw new LaunchFailure(step, refused.getMessage());
        } catch (LaunchFailure failure) {
            commit(event, step, failure.getMessage(), true);
            throw failure;
        }
    }

    private static String micros(long nanos) {
        return nanos / 1000 + "us";
    }

    private void commit(LaunchStepEvent event, LaunchStep step, String result, boolean failed) {
        if (event != null) {
            event.service = service;
            event.number = step.number();
            event.step = step.text();
            event.result = result;
            event.failed = failed;
            event.commit();
        }
    }
}
