package dev.gatun.process;

import dev.gatun.log.LossNotice;

/** Captured lines of one process as they are written down. Safe for any thread. */
interface CaptureLayout {

    /** A line with its end. */
    String line(String stream, OutputLine line);

    /** What stands where lines were lost. */
    LossNotice lossNotice();
}
