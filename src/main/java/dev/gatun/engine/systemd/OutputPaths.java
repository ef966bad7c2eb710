package dev.gatun.engine.systemd;

/** Where a unit writes its output to. */
record OutputPaths(String stdout, String stderr) {}
