/** The launcher's own log: one line an event, as text or JSON, to a descriptor, and never in the way of the loop. */
package dev.gatun.log;
