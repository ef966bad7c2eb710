/**
 * {@code gatun run} from its distribution on the real kernel, as its users have it. The helper scripts are in
 * {@code src/test/resources/run-it}.
 */
package dev.gatun.run.it;
