package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.MemoryTrigger;
import dev.gatun.linux.cgroup.TriggerChoice;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import java.util.Optional;

/** Has the kernel tell when memory gets short, and the watchdog look at once. For the loop's thread. */
final class MemoryAlarm {

    /** For five seconds after the kernel's word. */
    private static final int LOOKS = 50;

    private final EventLoop loop;
    private final Log log;
    private final Runnable look;
    private final String text;
    private Optional<MemoryTrigger> trigger = Optional.empty();
    private Optional<Watch> watch = Optional.empty();
    private Timer timer;
    private int looksLeft;

    /**
     * Opens the best trigger that there is here.
     *
     * @param thresholdBytes from how much memory on there is reason to look
     */
    MemoryAlarm(Libc libc, EventLoop loop, Log log, long thresholdBytes, Runnable look) {
        this.loop = loop;
        this.log = log;
        this.look = look;
        TriggerChoice choice = TriggerChoice.open(libc, CgroupMembership.own(libc), thresholdBytes);
        this.trigger = choice.trigger();
        this.text = choice.text();
        watch();
    }

    String describe() {
        return text;
    }

    private void watch() {
        if (trigger.isPresent()) {
            watch = Optional.of(loop.watch(trigger.get().fd(), trigger.get().interest(), this::rung));
        }
    }

    /** As long as memory is short there is news all the time; a pause costs less than to be told. */
    private void rung(int readiness) {
        endWatch();
        if (!trigger.get().drain(readiness)) {
            log.debug("the memory trigger has ended: its group is gone");
            close();
            return;
        }
        looksLeft = LOOKS;
        look();
    }

    private void look() {
        cancelTimer();
        timer = loop.schedule(MemoryTrigger.PAUSE, this::goOn);
        look.run();
    }

    /**
     * A threshold is passed once, and by cached files as well, so that the service itself may pass it a little later
     * without another word from the kernel.
     */
    private void goOn() {
        timer = null;
        watchAgain();
        looksLeft--;
        if (looksLeft > 0) {
            look();
        }
    }

    private void watchAgain() {
        try {
            if (watch.isEmpty()) {
                watch();
            }
        } catch (LinuxException shortage) {
            log.debug("cannot watch the memory trigger", "problem", shortage.getMessage());
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void endWatch() {
        if (watch.isPresent()) {
            watch.get().cancel();
            watch = Optional.empty();
        }
    }

    void close() {
        cancelTimer();
        endWatch();
        if (trigger.isPresent()) {
            trigger.get().close();
            trigger = Optional.empty();
        }
    }
}
