/** Processes as transient units of systemd, over D-Bus. Needs dbus-java, which is an optional dependency. */
package dev.gatun.engine.systemd;
