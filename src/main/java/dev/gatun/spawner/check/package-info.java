/**
 * Tries out a spawner as Gatun would use it: {@code gatun spawner check}. The checks are a list ({@link
 * dev.gatun.spawner.check.Checks}); {@link dev.gatun.spawner.check.CheckRunner} starts the spawner anew for each, and what
 * can be judged by the lines alone is judged by pure functions.
 */
package dev.gatun.spawner.check;
