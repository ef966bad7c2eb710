/** Processes, launched and supervised: the pure core of {@code lifecycle} applied to a kernel on an event loop. */
package dev.gatun.process;
