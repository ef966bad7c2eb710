package dev.gatun.spawner;

import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.SpawnerCapabilities;

/** What is to be done for the connection as a whole. */
sealed interface LinkEffect {

    record Ask(Call call) implements LinkEffect {}

    record ArmPing() implements LinkEffect {}

    /** The connection can be used. */
    record TellOpen(SpawnerCapabilities capabilities) implements LinkEffect {}

    /** A connection that could be used has ended. */
    record TellLost(String reason) implements LinkEffect {}

    /** There is none, and a first try has come to nothing. */
    record TellUnavailable(String reason) implements LinkEffect {}

    /** Close it: the spawner is of no use as it is. */
    record Drop(String reason) implements LinkEffect {}
}
