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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tape laid out in native memory, in one block, for the spawn stub to walk: the child's stack, the entries, the
 * results, and all that the entries point to. An entry is ten words of 8 bytes: the number with the last first argument
 * in its upper half, six arguments, the result's address, what the result must be, and the bits that must be so.
 *
 * <p>The block is written in Java arrays first and copied at once. Word by word it would take a third as long as the
 * spawn itself, since a launcher's JVM has the small compiler alone, which does not see through memory segments.
 */
final class TapeMemory {

    static final int ENTRY_BYTES = 80;
    static final int ARGUMENTS_OFFSET = 8;
    static final int RESULT_ADDRESS_OFFSET = 56;
    static final int REQUIRED_OFFSET = 64;
    static final int MASK_OFFSET = 72;

    private static final int WORD_BYTES = 8;
    private static final int ENTRY_WORDS = ENTRY_BYTES / WORD_BYTES;

    /** The child never uses its stack; the kernel only wants one that is not the parent's, aligned to 16 bytes. */
    private static final int STACK_WORDS = 32;

    private static final int PIDFD = STACK_WORDS;
    private static final int CELL = PIDFD + 1;
    private static final int ZEROS = CELL + 1;
    private static final int ENTRIES = ZEROS + 4;

    private final List<TapeStep> steps;
    private final NativeMemory block;
    private final long address;

    /** Entries, results, and arrays of pointers. */
    private final long[] words;

    /** Behind the words: strings and structs, each at a multiple of 8. */
    private final byte[] bytes;

    /** Where each list of strings lies: the environment stands in two steps, and is the most of what there is to copy. */
    private final Map<Texts, Long> placed = new IdentityHashMap<>(4);

    private final int results;
    private int freeWord;
    private int freeByte;

    TapeMemory(Arena arena, List<TapeStep> steps) {
        this.steps = steps;
        results = ENTRIES + ENTRY_WORDS * steps.size();
        freeWord = results + steps.size();
        int pointers = 0;
        int size = 0;
        for (TapeStep step : steps) {
            for (Operand operand : step.operands()) {
                pointers += pointers(operand);
                size += size(operand);
            }
        }
        words = new long[freeWord + pointers];
        bytes = new byte[size];
        block = NativeMemory.of(arena.allocate((long) WORD_BYTES * words.length + size, 16));
        address = block.address();
        for (int i = 0; i < steps.size(); i++) {
            write(i, steps.get(i));
        }
        block.put(0, words);
        block.put((long) WORD_BYTES * words.length, bytes, freeByte);
    }

    private static int pointers(Operand operand) {
        return operand instanceof Texts strings ? strings.texts().size() + 1 : 0;
    }

    private static int size(Operand operand) {
        if (operand instanceof Value || operand instanceof Shared) {
            return 0;
        }
        if (operand instanceof Bytes data) {
            return aligned(data.bytes().length);
        }
        if (operand instanceof Text string) {
            return aligned(string.text().length() + 1);
        }
        int size = 0;
        for (CString text : ((Texts) operand).texts()) {
            size += aligned(text.length() + 1);
        }
        return size;
    }

    private static int aligned(int size) {
        return (size + WORD_BYTES - 1) & -WORD_BYTES;
    }

    private long addressOf(int word) {
        return address + (long) WORD_BYTES * word;
    }

    private void write(int index, TapeStep step) {
        int entry = ENTRIES + index * ENTRY_WORDS;
        words[entry] = step.call().number() | (long) step.last() << Integer.SIZE;
        Operand[] operands = step.operands();
        for (int i = 0; i < operands.length; i++) {
            words[entry + 1 + i] = value(operands[i]);
        }
        // Where the walk does not come, the record shows what was required: only a real violation looks like one.
        words[results + index] = step.required();
        words[entry + RESULT_ADDRESS_OFFSET / WORD_BYTES] = addressOf(resultWord(index, step.feed()));
        words[entry + REQUIRED_OFFSET / WORD_BYTES] = step.required();
        words[entry + MASK_OFFSET / WORD_BYTES] = step.mask();
    }

    private int resultWord(int index, Feed feed) {
        if (feed == Feed.NOTHING) {
            return results + index;
        }
        return feed == Feed.CELL ? CELL : ENTRIES + (index + 1) * ENTRY_WORDS + ARGUMENTS_OFFSET / WORD_BYTES;
    }

    private long value(Operand operand) {
        if (operand instanceof Value number) {
            return number.value();
        }
        if (operand instanceof Shared shared) {
            return addressOf(shared == Shared.CELL ? CELL : ZEROS);
        }
        if (operand instanceof Bytes data) {
            return place(data.bytes(), data.bytes().length);
        }
        if (operand instanceof Text string) {
            return place(string.text());
        }
        Texts strings = (Texts) operand;
        Long before = placed.get(strings);
        return before == null ? placeArray(strings) : before;
    }

    private long placeArray(Texts strings) {
        int array = freeWord;
        for (CString text : strings.texts()) {
            words[freeWord++] = place(text);
        }
        freeWord++;
        placed.put(strings, addressOf(array));
        return addressOf(array);
    }

    private long place(CString text) {
        return place(text.raw(), text.length() + 1);
    }

    /** Takes room for so many bytes, the content first and zeros behind it. */
    private long place(byte[] content, int size) {
        System.arraycopy(content, 0, bytes, freeByte, content.length);
        long at = addressOf(words.length) + freeByte;
        freeByte += aligned(size);
        return at;
    }

    MemorySegment entries() {
        return block.segment().asSlice((long) WORD_BYTES * ENTRIES);
    }

    MemorySegment stackTop() {
        return block.segment().asSlice((long) WORD_BYTES * STACK_WORDS);
    }

    MemorySegment pidfd() {
        return block.segment().asSlice((long) WORD_BYTES * PIDFD);
    }

    int pidfdNumber() {
        return block.getInt((long) WORD_BYTES * PIDFD);
    }

    /** The result that a step had, or its required one when it was not reached. */
    long result(int index) {
        return block.getLong((long) WORD_BYTES * resultWord(index, steps.get(index).feed()));
    }

    /** Index of the step that ended the walk, or -1 when none did. */
    int violation() {
        block.get(0, words);
        for (int i = 0; i < steps.size(); i++) {
            TapeStep step = steps.get(i);
            if (step.violatedBy(words[resultWord(i, step.feed())])) {
                return i;
            }
        }
        return -1;
    }
}
