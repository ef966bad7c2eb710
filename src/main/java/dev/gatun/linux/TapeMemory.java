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
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A tape laid out in native memory, in one block, for the spawn stub to walk: the entries, the results, and all that the
 * entries point to. An entry is ten longs: the number, six arguments, the result's address, what the result must be, and
 * the bits that must be so.
 */
final class TapeMemory {

    static final int ENTRY_BYTES = 80;
    static final int ARGUMENTS_OFFSET = 8;
    static final int RESULT_ADDRESS_OFFSET = 56;
    static final int REQUIRED_OFFSET = 64;
    static final int MASK_OFFSET = 72;

    private static final int ALIGNMENT = 8;
    private static final int ZEROS_BYTES = 32;

    /** The child never uses its stack; the kernel only wants one that is not the parent's. */
    private static final int STACK_BYTES = 256;

    private final List<TapeStep> steps;
    private final MemorySegment entries;
    private final MemorySegment results;
    private final MemorySegment stack;
    private final MemorySegment cell;
    private final MemorySegment zeros;
    private final MemorySegment pidfd;

    TapeMemory(Arena arena, List<TapeStep> steps) {
        this.steps = steps;
        SegmentAllocator block = SegmentAllocator.slicingAllocator(arena.allocate(size(steps), 16));
        stack = block.allocate(STACK_BYTES, 16);
        entries = block.allocate((long) ENTRY_BYTES * steps.size(), ALIGNMENT);
        results = block.allocate(8L * steps.size(), ALIGNMENT);
        zeros = block.allocate(ZEROS_BYTES, ALIGNMENT);
        cell = block.allocate(8, ALIGNMENT);
        pidfd = block.allocate(8, ALIGNMENT);
        for (int i = 0; i < steps.size(); i++) {
            write(block, i, steps.get(i));
        }
    }

    private static long size(List<TapeStep> steps) {
        long size = STACK_BYTES + ZEROS_BYTES + 64 + (ENTRY_BYTES + 8L) * steps.size();
        for (TapeStep step : steps) {
            for (Operand operand : step.operands()) {
                size += size(operand);
            }
        }
        return size;
    }

    private static long size(Operand operand) {
        if (operand instanceof Bytes data) {
            return data.bytes().length + ALIGNMENT;
        }
        if (operand instanceof Text string) {
            return string.text().length() + 1L + ALIGNMENT;
        }
        if (operand instanceof Texts strings) {
            long size = 8L * (strings.texts().size() + 1) + ALIGNMENT;
            for (CString text : strings.texts()) {
                size += text.length() + 1L;
            }
            return size;
        }
        return 0;
    }

    private void write(SegmentAllocator block, int index, TapeStep step) {
        long entry = (long) index * ENTRY_BYTES;
        put(entry, step.call().number());
        Operand[] operands = step.operands();
        for (int i = 0; i < operands.length; i++) {
            put(entry + ARGUMENTS_OFFSET + 8L * i, value(block, operands[i]));
        }
        // Where the walk does not come, the record shows what was required: only a real violation looks like one.
        results.setAtIndex(ValueLayout.JAVA_LONG, index, step.required());
        put(entry + RESULT_ADDRESS_OFFSET, resultAddress(index, step.feed()));
        put(entry + REQUIRED_OFFSET, step.required());
        put(entry + MASK_OFFSET, step.mask());
    }

    private void put(long offset, long value) {
        entries.set(ValueLayout.JAVA_LONG, offset, value);
    }

    private long resultAddress(int index, Feed feed) {
        return switch (feed) {
            case NOTHING -> results.address() + 8L * index;
            case NEXT_STEP -> entries.address() + (index + 1L) * ENTRY_BYTES + ARGUMENTS_OFFSET;
            case CELL -> cell.address();
        };
    }

    private long value(SegmentAllocator block, Operand operand) {
        if (operand instanceof Value number) {
            return number.value();
        }
        if (operand instanceof Bytes data) {
            MemorySegment copy = block.allocate(data.bytes().length, ALIGNMENT);
            MemorySegment.copy(data.bytes(), 0, copy, ValueLayout.JAVA_BYTE, 0, data.bytes().length);
            return copy.address();
        }
        if (operand instanceof Text string) {
            return string.text().allocate(block).address();
        }
        if (operand instanceof Texts strings) {
            return CString.allocateArray(block, strings.texts()).address();
        }
        return (operand == Shared.CELL ? cell : zeros).address();
    }

    MemorySegment entries() {
        return entries;
    }

    MemorySegment stackTop() {
        return stack.asSlice(STACK_BYTES);
    }

    MemorySegment pidfd() {
        return pidfd;
    }

    int pidfdNumber() {
        return pidfd.get(ValueLayout.JAVA_INT, 0);
    }

    /** The result that a step had, or its required one when it was not reached. */
    long result(int index) {
        return switch (steps.get(index).feed()) {
            case NOTHING -> results.getAtIndex(ValueLayout.JAVA_LONG, index);
            case NEXT_STEP -> entries.get(ValueLayout.JAVA_LONG, (index + 1L) * ENTRY_BYTES + ARGUMENTS_OFFSET);
            case CELL -> cell.get(ValueLayout.JAVA_LONG, 0);
        };
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
