package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import dev.gatun.events.FlightRecording;
import dev.gatun.events.ProbeResultEvent;
import dev.gatun.linux.LinuxException;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Asks a process again and again whether it can work, one attempt after the other, and tells what changes. For the loop's
 * thread.
 */
public final class Prober {

    /** Hears of changes; each is told once. It may stop the prober, or start it anew. */
    public interface Listener {

        void onReady();

        /**
         * The process is not ready any more, or has not become so.
         *
         * @param reason in words: {@code GET http://127.0.0.1:8080/health: 503 (3 failures in a row)}
         */
        void onNotReady(String reason);
    }

    private final String process;
    private final EventLoop loop;
    private final Check check;
    private final ProbeSchedule schedule;
    private final DoubleSupplier random;
    private final Listener listener;

    private Tally tally;

    /** Counts starts and stops: an answer to an attempt of an older count is about a process that is gone. */
    private int generation;

    private Attempt attempt;
    private Timer next;
    private Timer startup;

    /**
     * A prober that does not ask yet.
     *
     * @param process its name, for recordings
     * @param random uniform numbers in [0, 1) that spread the attempts
     */
    public Prober(
            String process, EventLoop loop, Check check, ProbeSchedule schedule, DoubleSupplier random,
            Listener listener) {
        this.process = requireNonNull(process);
        this.loop = requireNonNull(loop);
        this.check = requireNonNull(check);
        this.schedule = requireNonNull(schedule);
        this.random = requireNonNull(random);
        this.listener = requireNonNull(listener);
        this.tally = Tally.atStart(schedule);
    }

    /** Begins to ask, a new process as a rule: nothing is known of it, whatever was known of the one before. */
    public void start() {
        stop();
        tally = Tally.atStart(schedule);
        next = loop.schedule(schedule.initialDelay(), this::ask);
        if (!schedule.startup().isZero()) {
            startup = loop.schedule(schedule.startup(), this::startupOver);
        }
    }

    /** Stops asking, and forgets the attempt under way; what was found out so far stays. */
    public void stop() {
        generation++;
        if (attempt != null) {
            attempt.cancel();
            attempt = null;
        }
        if (next != null) {
            next.cancel();
            next = null;
        }
        if (startup != null) {
            startup.cancel();
            startup = null;
        }
    }

    /** Whether the process was ready when it was asked last. */
    public boolean isReady() {
        return tally.standing() == Tally.Standing.READY;
    }

    private void ask() {
        int asked = generation;
        long began = loop.nanos();
        ProbeResultEvent event = FlightRecording.isOn() ? new ProbeResultEvent() : null;
        if (event != null) {
            event.begin();
        }
        try {
            attempt = check.begin(schedule.timeout(), result -> onResult(asked, began, event, result));
        } catch (LinuxException shortage) {
            onResult(asked, began, event, CheckResult.failed(String.valueOf(shortage.getMessage())));
        }
    }

    private void onResult(int asked, long began, ProbeResultEvent event, CheckResult result) {
        if (asked != generation) {
            return;
        }
        attempt = null;
        if (event != null) {
            commit(event, result);
        }
        Duration pause = schedule.pause(loop.nanos() - began, random.getAsDouble());
        next = loop.schedule(pause, this::ask);
        apply(tally.on(result, schedule));
    }

    private void commit(ProbeResultEvent event, CheckResult result) {
        event.process = process;
        event.kind = check.kind().text();
        event.success = result.success();
        event.reason = result.reason();
        event.commit();
    }

    private void startupOver() {
        apply(tally.startupOver(schedule));
    }

    /** The listener comes last: it may stop this prober, or start it anew. */
    private void apply(Tally.Ruling ruling) {
        tally = ruling.next();
        if (ruling.verdict().isPresent()) {
            if (ruling.verdict().get() instanceof Verdict.NotReady notReady) {
                listener.onNotReady(notReady.reason());
            } else {
                listener.onReady();
            }
        }
    }
}
