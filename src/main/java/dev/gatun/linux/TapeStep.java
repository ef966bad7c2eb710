package dev.gatun.linux;

import java.util.List;

/**
 * One entry of a {@link SpawnTape}.
 *
 * @param call the system call
 * @param name what messages call it: the man page's name where the raw call has another
 * @param argument what messages show as its argument; turned into text only when there is a message
 * @param operands the arguments, six at the most
 * @param required with {@code mask}: the walk goes on if {@code (result ^ required) & mask} is 0
 * @param feed where the result goes besides
 * @param last with an entry that repeats, the last value of the first argument; 0 with any other
 */
record TapeStep(
        SystemCall call, String name, Object argument, Operand[] operands, long required, long mask, Feed feed,
        int last) {

    /** Any result that is not an error will do: the sign bit must be 0. */
    static final long NO_ERROR = Long.MIN_VALUE;

    /** The result must be exactly the required one. */
    static final long EXACT = -1;

    static final int MAX_OPERANDS = 6;

    /** What a result is needed for. */
    enum Feed {
        /** For nothing but the check. */
        NOTHING,
        /** As the first argument of the next step: a descriptor just opened. */
        NEXT_STEP,
        /** In the tape's {@link Shared#CELL}. */
        CELL
    }

    /** An argument: a number, or the address of something that is laid out in memory when the tape is walked. */
    sealed interface Operand permits Value, Bytes, Text, Texts, Shared {}

    record Value(long value) implements Operand {}

    record Bytes(byte[] bytes) implements Operand {}

    record Text(CString text) implements Operand {}

    record Texts(List<CString> texts) implements Operand {}

    /** Memory that the steps of a tape share. */
    enum Shared implements Operand {
        /** 32 zero bytes: an empty signal mask, and a {@code sigaction} of the default disposition. */
        ZEROS,
        /** 8 bytes that one step writes and another reads. */
        CELL
    }

    static TapeStep of(SystemCall call, String name, Object argument, Operand... operands) {
        return new TapeStep(call, name, argument, operands, 0, NO_ERROR, Feed.NOTHING, 0);
    }

    TapeStep feeding(Feed target) {
        return new TapeStep(call, name, argument, operands, required, mask, target, last);
    }

    TapeStep requiring(long exactResult) {
        return new TapeStep(call, name, argument, operands, exactResult, EXACT, feed, last);
    }

    /** This step, with any result good enough. */
    TapeStep optional() {
        return new TapeStep(call, name, argument, operands, 0, 0, feed, last);
    }

    /** This step for its first argument, for one more, and so on to the last. */
    TapeStep repeatedTo(int lastArgument) {
        return new TapeStep(call, name, argument, operands, required, mask, feed, lastArgument);
    }

    boolean violatedBy(long result) {
        return ((result ^ required) & mask) != 0;
    }

    /** The step as a message shows it, {@code prctl(PR_SET_PDEATHSIG, SIGKILL)}. */
    String describe() {
        return name + "(" + argument + ")";
    }
}
