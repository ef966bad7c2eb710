/** The drop-in names: called as {@code tini}, {@code dumb-init} or {@code catatonit}, Gatun is that program. */
package dev.gatun.cli.dropin;
