/**
 * What is written down, and never in the way of the loop: the launcher's own log, one line an event, in the layout that
 * the reader wants; and the output of others, carried to files or descriptors by a thread behind a bounded buffer.
 */
package dev.gatun.log;
