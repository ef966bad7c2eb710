package dev.gatun.process;

import dev.gatun.log.LossNotice;

/** Captured lines of one process as they are written down. Safe for any thread. */
interface CaptureLayout {

    /** What lines of a stream begin with that are read now: lines that come together have it in common. */
    String beginning(String stream);

    /** Appends a line with its end. */
    void append(StringBuilder text, String beginning, OutputLine line);

    /** What stands where lines were lost. */
    LossNotice lossNotice();
}
