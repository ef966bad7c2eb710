package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.MemoryTrigger;
import dev.gatun.linux.cgroup.TriggerChoice;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import java.util.Optional;

/** Has the kernel tell when memory gets short, and the watchdog look at once. For the loop's thread. */
final class MemoryAlarm {

    private final EventLoop loop;
    private final Log log;
    private final Runnable look;
    private final String text;
    private Optional<MemoryTrigger> trigger = Optional.empty();
    private Optional<Watch> watch = Optional.empty();

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
        loop.schedule(MemoryTrigger.PAUSE, this::watchAgain);
        look.run();
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

    private void endWatch() {
        if (watch.isPresent()) {
            watch.get().cancel();
            watch = Optional.empty();
        }
    }

    void close() {
        endWatch();
        if (trigger.isPresent()) {
            trigger.get().close();
            trigger = Optional.empty();
        }
    }
}
