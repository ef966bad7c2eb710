package dev.gatun.config;

/** A constant with the word that stands for it in a configuration. */
public interface Choice {
    String text();
}
