/** Control groups (cgroups(7)), versions 1 and 2 and both at a time: which of them we are in, and what their files say. */
package dev.gatun.linux.cgroup;
