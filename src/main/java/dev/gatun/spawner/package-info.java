/** Launching through a program that does it for us: the client of the protocol {@code spawner/1} ({@code docs/spawner-protocol.md}). */
package dev.gatun.spawner;
