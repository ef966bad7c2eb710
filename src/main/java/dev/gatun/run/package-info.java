/** {@code gatun run}: one command, launched and accompanied to the end of its last descendant, as PID 1 or not. */
package dev.gatun.run;
