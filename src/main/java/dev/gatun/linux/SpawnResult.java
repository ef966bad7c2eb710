package dev.gatun.linux;

/** What became of an attempt to start a program. */
public sealed interface SpawnResult permits Spawned, SpawnFailure {}
