package dev.gatun.service.dump;

import dev.gatun.linux.proc.ProcStat;
import java.time.Duration;

/** Parts of the sentences that this package says. */
final class Words {

    private Words() {}

    /** {@code 350 ms}, {@code 60 s}. */
    static String duration(Duration duration) {
        long millis = duration.toMillis();
        return millis > 0 && millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    /** {@code process 4711 (java)}. */
    static String process(ProcStat process) {
        return "process " + process.pid() + " (" + process.name() + ")";
    }
}
