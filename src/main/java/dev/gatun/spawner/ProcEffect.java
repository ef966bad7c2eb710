package dev.gatun.spawner;

import dev.gatun.process.ProcExit;
import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.SpawnerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is to be done for one launch. */
sealed interface ProcEffect {

    /** Whoever wanted it gets it. @param start empty where it ended without having been started */
    record TellLaunched(String handle, Optional<ProcState.Start> start) implements ProcEffect {}

    /** Whoever wanted it is told that there is none. */
    record TellFailed(String detail) implements ProcEffect {}

    /** It is over, or counts as over. */
    record TellExit(ProcExit exit) implements ProcEffect {}

    record PassOutput(SpawnerMessage.Stream stream, List<String> lines) implements ProcEffect {}

    record Ask(Call call) implements ProcEffect {}

    record Arm(ProcTimer timer, Duration delay) implements ProcEffect {}

    record Disarm(ProcTimer timer) implements ProcEffect {}

    record Count(Fault fault) implements ProcEffect {}

    /** Nothing more can come of it. */
    record Forget() implements ProcEffect {}
}
