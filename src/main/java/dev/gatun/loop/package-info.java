/** One thread that waits for everything: descriptors, timers and tasks of other threads, in one epoll set. */
package dev.gatun.loop;
