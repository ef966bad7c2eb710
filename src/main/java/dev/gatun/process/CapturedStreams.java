package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.log.OutputWriter;

/** Which streams of a process are captured, and where they go. The writers stay their owner's, who closes them. */
public final class CapturedStreams {

    enum Kind {
        MERGED,
        SEPARATE
    }

    private final Kind kind;
    private final OutputWriter output;
    private final OutputWriter error;

    private CapturedStreams(Kind kind, OutputWriter output, OutputWriter error) {
        this.kind = kind;
        this.output = requireNonNull(output);
        this.error = requireNonNull(error);
    }

    /** Both through one pipe, in the order in which they were written. */
    public static CapturedStreams merged(OutputWriter writer) {
        return new CapturedStreams(Kind.MERGED, writer, writer);
    }

    /**
     * Each through a pipe of its own. Which of two lines in different pipes was written first, nobody can tell.
     *
     * @param error may be the same writer, where the format is one of lines
     */
    public static CapturedStreams separate(OutputWriter output, OutputWriter error) {
        return new CapturedStreams(Kind.SEPARATE, output, error);
    }

    Kind kind() {
        return kind;
    }

    OutputWriter output() {
        return output;
    }

    OutputWriter error() {
        return error;
    }

    /** Whether two pipes end at one place, where pieces of lines would be mixed. */
    boolean mixes() {
        return kind == Kind.SEPARATE && output == error;
    }
}
