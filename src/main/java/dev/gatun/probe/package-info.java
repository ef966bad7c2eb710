/**
 * Probes, in both directions, and all on one event loop: no thread, and nothing that waits.
 *
 * <p>{@link dev.gatun.probe.HttpResponder} answers those who ask about a process. It is our own because of what the JDK's
 * server ({@code jdk.httpserver}) costs beside a process that is meant to be invisible: 62 ms more at the start and 6 MB
 * more of anonymous memory while idle (15.4 MB against 9.5 MB), both measured; and that one reads requests on its only
 * dispatcher thread, where a client that sends slowly holds up all others.
 *
 * <p>{@link dev.gatun.probe.Prober} asks a process by a {@link dev.gatun.probe.Check}, and
 * {@link dev.gatun.probe.NotifySocket} hears what a process says of itself, by the protocol of sd_notify(3).
 */
package dev.gatun.probe;
