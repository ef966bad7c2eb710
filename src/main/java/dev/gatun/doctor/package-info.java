/** {@code gatun doctor}: what a machine gives a launcher, tried rather than assumed, and what it means where it does not. */
package dev.gatun.doctor;
