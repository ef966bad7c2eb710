/**
 * The dump that is taken of a service before it is stopped for its memory: of a JVM by the attach protocol of HotSpot, of
 * others by a command.
 */
package dev.gatun.service.dump;
