package dev.gatun.config;

/** What an empty item of a list of texts becomes. */
public enum NullItems {
    /** It is left out. */
    DROP,
    /** It is the empty text. */
    EMPTY_TEXT
}
