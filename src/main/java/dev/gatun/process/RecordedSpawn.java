package dev.gatun.process;

import dev.gatun.events.FlightRecording;
import dev.gatun.events.SpawnEvent;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.SpawnTape;
import dev.gatun.linux.Spawned;

/** Spawns, with an event for the flight recorder where one is on. */
final class RecordedSpawn {

    private RecordedSpawn() {}

    /**
     * Walks a tape.
     *
     * @param process what the event calls it
     * @param attempt number of the start, from 1
     */
    static SpawnResult spawn(Libc libc, SpawnTape tape, String process, int attempt) {
        if (!FlightRecording.isOn()) {
            return tape.spawn(libc);
        }
        SpawnEvent record = new SpawnEvent();
        record.begin();
        SpawnResult result = tape.spawn(libc);
        record.process = process;
        record.attempt = attempt;
        record.steps = tape.size();
        record.pid = result instanceof Spawned spawned ? spawned.pid() : 0;
        record.failedStep = result instanceof SpawnFailure failure ? failure.toString() : "";
        record.commit();
        return result;
    }
}
