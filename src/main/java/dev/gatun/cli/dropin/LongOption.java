package dev.gatun.cli.dropin;

/**
 * A long option of a {@link Getopt}.
 *
 * @param name without its dashes
 * @param letter the short option it stands for
 */
record LongOption(String name, char letter) {}
