package dev.gatun.linux;

import dev.gatun.linux.TapeStep.Bytes;
import dev.gatun.linux.TapeStep.Feed;
import dev.gatun.linux.TapeStep.Operand;
import dev.gatun.linux.TapeStep.Shared;
import dev.gatun.linux.TapeStep.Text;
import dev.gatun.linux.TapeStep.Texts;
import dev.gatun.linux.TapeStep.Value;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A tape laid out in native memory, in one block, for the spawn stub to walk: the child's stack, the entries, the
 * results, and all that the entries point to. An entry is ten longs: the number, six arguments, the result's address,
 * what the result must be, and the bits that must be so.
 */
final class TapeMemory {

    static final int ENTRY_BYTES = 80;
    static final int ARGUMENTS_OFFSET = 8;
    static final int RESULT_ADDRESS_OFFSET = 56;
    static final int REQUIRED_OFFSET = 64;
    static final int MASK_OFFSET = 72;

    private static final int LONG_BYTES = 8;

    /** The child never uses its stack; the kernel only wants one that is not the parent's, aligned to 16 bytes. */
    private static final int STACK_BYTES = 256;

    private static final int PIDFD = STACK_BYTES;
    private static final int CELL = PIDFD + LONG_BYTES;
    private static final int ZEROS = CELL + LONG_BYTES;
    private static final int ENTRIES = ZEROS + 32;

    private final List<TapeStep> steps;
    private final NativeMemory memory;
    private final long results;
    private long free;

    TapeMemory(Arena arena, List<TapeStep> steps) {
        this.steps = steps;
        memory = NativeMemory.of(arena.allocate(size(steps), 16));
        results = ENTRIES + (long) ENTRY_BYTES * steps.size();
        free = results + (long) LONG_BYTES * steps.size();
        for (int i = 0; i < steps.size(); i++) {
            write(i, steps.get(i));
        }
    }

    private static long size(List<TapeStep> steps) {
        long size = ENTRIES + (long) (ENTRY_BYTES + LONG_BYTES) * steps.size();
        for (TapeStep step : steps) {
            for (Operand operand : step.operands()) {
                size += size(operand);
            }
        }
        return size;
    }

    private static long size(Operand operand) {
        if (operand instanceof Bytes data) {
            return aligned(data.bytes().length);
        }
        if (operand instanceof Text string) {
            return aligned(string.text().length() + 1L);
        }
        if (operand instanceof Texts strings) {
            return aligned(CString.arraySize(strings.texts()));
        }
        return 0;
    }

    private static long aligned(long size) {
        return (size + LONG_BYTES - 1) & -LONG_BYTES;
    }

    private static long entry(int index) {
        return ENTRIES + (long) index * ENTRY_BYTES;
    }

    private void write(int index, TapeStep step) {
        long entry = entry(index);
        memory.putLong(entry, step.call().number());
        Operand[] operands = step.operands();
        for (int i = 0; i < operands.length; i++) {
            memory.putLong(entry + ARGUMENTS_OFFSET + (long) LONG_BYTES * i, value(operands[i]));
        }
        // Where the walk does not come, the record shows what was required: only a real violation looks like one.
        memory.putLong(results + (long) LONG_BYTES * index, step.required());
        memory.putLong(entry + RESULT_ADDRESS_OFFSET, memory.address() + resultOffset(index, step.feed()));
        memory.putLong(entry + REQUIRED_OFFSET, step.required());
        memory.putLong(entry + MASK_OFFSET, step.mask());
    }

    private long resultOffset(int index, Feed feed) {
        return switch (feed) {
            case NOTHING -> results + (long) LONG_BYTES * index;
            case NEXT_STEP -> entry(index + 1) + ARGUMENTS_OFFSET;
            case CELL -> CELL;
        };
    }

    private long value(Operand operand) {
        if (operand instanceof Value number) {
            return number.value();
        }
        if (operand instanceof Shared shared) {
            return memory.address() + (shared == Shared.CELL ? CELL : ZEROS);
        }
        long at = free;
        free += size(operand);
        if (operand instanceof Bytes data) {
            memory.put(at, data.bytes(), data.bytes().length);
        } else if (operand instanceof Text string) {
            string.text().copyTo(memory, at);
        } else {
            CString.copyArrayTo(memory, at, ((Texts) operand).texts());
        }
        return memory.address() + at;
    }

    MemorySegment entries() {
        return memory.segment().asSlice(ENTRIES);
    }

    MemorySegment stackTop() {
        return memory.segment().asSlice(STACK_BYTES);
    }

    MemorySegment pidfd() {
        return memory.segment().asSlice(PIDFD);
    }

    int pidfdNumber() {
        return memory.getInt(PIDFD);
    }

    /** The result that a step had, or its required one when it was not reached. */
    long result(int index) {
        return memory.getLong(resultOffset(index, steps.get(index).feed()));
    }

    /** Index of the step that ended the walk, or -1 when none did. */
    int violation() {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).violatedBy(result(i))) {
                return i;
            }
        }
        return -1;
    }
}
