package dev.gatun.config;

/** A constant with the word that stands for it in a configuration. */
public interface Choice {

    /** As it is written, case and all. */
    String text();
}
