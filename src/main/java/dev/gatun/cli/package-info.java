/**
 * The command line: what users type, and what they are told. {@code gatun run} and the drop-in names read their options
 * by a table of their own ({@link dev.gatun.cli.OptionTable}); the same tables are handed to picocli for help and
 * completion, which load it. Picocli's own parser takes 80 ms of start time, more than all the rest of a launch.
 */
package dev.gatun.cli;
