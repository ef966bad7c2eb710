package dev.gatun.service.config;

import dev.gatun.config.Range;
import dev.gatun.config.Section;
import dev.gatun.linux.Signal;
import java.time.Duration;
import java.util.Optional;

/**
 * How the service is stopped.
 *
 * @param signal what a stop request is forwarded as
 * @param timeout from the stop signal to KILL of the whole tree
 * @param scope who gets it, and every other signal that is forwarded
 */
public record StopSettings(Signal signal, Duration timeout, SignalScope scope) {

    /** These keys stand beside those of other sections, at the top. */
    static StopSettings read(Section section) {
        String name = section.text("stopSignal", "TERM", "What TERM, a stop request, is forwarded as");
        Optional<Signal> signal = Signal.parse(name);
        if (signal.isEmpty()) {
            section.error("stopSignal", "\"" + name + "\"", "the name of a signal such as TERM or SIGINT");
        }
        return new StopSettings(
                signal.orElse(Signal.TERM),
                section.seconds("stopTimeoutSeconds", Duration.ofSeconds(30), Range.atLeast(0),
                        "Time from the stop signal to KILL of the whole tree; 0 is KILL at once"),
                section.choice("signalScope", SignalScope.LEADER,
                        "Who gets forwarded signals: the process that was started, or its process group"));
    }
}
