/** The messages of the protocol {@code spawner/1}, and the one place that turns them into lines and back. */
package dev.gatun.spawner.message;
