/**
 * {@code gatun run} from its distribution on the real kernel, as its users have it. Nothing waits by a fixed sleep, and
 * every run is checked for processes that it left behind. The helper scripts are in {@code src/test/resources/run-it}.
 */
package dev.gatun.run.it;
