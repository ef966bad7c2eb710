/**
 * The kernel: one small class an object of it, {@link dev.gatun.linux.Libc} as the one way to it, and the
 * {@link dev.gatun.linux.SpawnTape}. In the lowest layer a system call returns a {@code long}, the result or {@code
 * -errno}; the objects above throw {@link dev.gatun.linux.LinuxException}. C names are used here and nowhere above.
 */
package dev.gatun.linux;
