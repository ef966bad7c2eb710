package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.log.Log;
import dev.gatun.loop.EventLoop;
import dev.gatun.service.launch.MemoryPlan;
import dev.gatun.service.watchdog.Thresholds;

final class MemoryAlarm {
    MemoryAlarm(Libc libc, EventLoop loop, Log log, MemoryPlan.Managed memory, Thresholds thresholds, Runnable look) {}
    String describe() {
        return "no trigger";
    }
    void close() {}
}
