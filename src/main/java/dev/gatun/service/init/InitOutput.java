package dev.gatun.service.init;

/** Where a verb says what came of it, line by line. */
public interface InitOutput {

    /** The answer, for standard output. */
    void out(String line);

    /** What is wrong, for standard error. */
    void err(String line);
}
