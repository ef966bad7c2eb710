package dev.gatun.spawner;

import dev.gatun.spawner.message.SpawnerCapabilities;

/** Where a connection stands. Immutable. */
sealed interface LinkState {

    /** There is none. @param reason why, as the end of a sentence */
    record Down(String reason) implements LinkState {}

    /** It is there, and {@code hello} has not been answered. */
    record Greeting(int junkInRow) implements LinkState {}

    /**
     * Both sides know each other.
     *
     * @param unansweredPings how many since the last answer to one
     * @param junkInRow how many lines since the last message
     */
    record Open(SpawnerCapabilities capabilities, int unansweredPings, int junkInRow) implements LinkState {}
}
