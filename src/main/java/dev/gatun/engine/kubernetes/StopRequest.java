package dev.gatun.engine.kubernetes;

import dev.gatun.process.ProcExit;
import java.util.Optional;

/** What we have asked a Pod's end for. Each is more than the one before. */
enum StopRequest {
    NONE,
    TERMINATE,
    KILL;

    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    StopRequest with(StopRequest other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /**
     * How a process ended whose Pod is gone without a last word on it. Where we deleted it, it ended by what the kubelet
     * sends then: that is an assumption, since the program may have ended by itself on it.
     */
    ProcExit assumedExit(PodHandle handle) {
        return switch (this) {
            case NONE -> new ProcExit.Failed(handle.podText() + " is gone: deleted by somebody else");
            case TERMINATE -> new ProcExit.Signalled(SIGTERM, false, Optional.empty());
            case KILL -> new ProcExit.Signalled(SIGKILL, false, Optional.empty());
        };
    }
}
