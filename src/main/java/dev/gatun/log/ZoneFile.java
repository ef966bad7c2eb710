package dev.gatun.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads compiled time zones (tzfile(5), RFC 9636). */
final class ZoneFile {

    private static final int MAGIC = 'T' << 24 | 'Z' << 16 | 'i' << 8 | 'f';
    private static final int HEADER_BYTES = 44;
    private static final int TYPE_BYTES = 6;

    private final ByteBuffer bytes;

    private ZoneFile(byte[] content) {
        bytes = ByteBuffer.wrap(content);
    }

    /** The zone of a file; empty where it is no such file, or a damaged one. */
    static Optional<LocalZone> parse(byte[] content) {
        try {
            return new ZoneFile(content).zone();
        } catch (IndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    private Optional<LocalZone> zone() {
        if (bytes.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        // Times of 32 bits come first. Files of version 2 and later repeat it all with 64, and add a rule.
        Block narrow = new Block(0, 4);
        boolean isRepeated = bytes.get(4) >= '2';
        return Optional.of(isRepeated ? new Block(narrow.end(), 8).zone(true) : narrow.zone(false));
    }

    /** A header and the data that it counts. */
    private final class Block {

        private final int start;
        private final int timeBytes;
        private final int transitionCount;
        private final int typeCount;

        Block(int start, int timeBytes) {
            this.start = start;
            this.timeBytes = timeBytes;
            transitionCount = count(3);
            typeCount = count(4);
        }

        /** The counts, from byte 20 on: UT indicators, standard indicators, leap seconds, transitions, types, letters. */
        private int count(int index) {
            return bytes.getInt(start + 20 + 4 * index);
        }

        int end() {
            return types() + typeCount * TYPE_BYTES + count(5) + count(2) * (timeBytes + 4) + count(1) + count(0);
        }

        private int indices() {
            return start + HEADER_BYTES + transitionCount * timeBytes;
        }

        private int types() {
            return indices() + transitionCount;
        }

        LocalZone zone(boolean hasRule) {
            long[] transitions = new long[transitionCount];
            int[] offsets = new int[transitionCount + 1];
            // Before the first transition the first type holds, by definition.
            offsets[0] = offset(0);
            for (int i = 0; i < transitionCount; i++) {
                int at = start + HEADER_BYTES + i * timeBytes;
                transitions[i] = timeBytes == 8 ? bytes.getLong(at) : bytes.getInt(at);
                offsets[i + 1] = offset(bytes.get(indices() + i) & 0xff);
            }
            PosixZone last = PosixZone.fixed(offsets[transitionCount]);
            return new LocalZone(transitions, offsets, hasRule ? PosixZone.parse(footer(end())).orElse(last) : last);
        }

        private int offset(int type) {
            return bytes.getInt(types() + type * TYPE_BYTES);
        }
    }

    /** A line between two line ends; empty where no rule goes on. */
    private String footer(int from) {
        int end = from + 1;
        while (bytes.get(end) != '\n') {
            end++;
        }
        return new String(bytes.array(), from + 1, end - from - 1, StandardCharsets.US_ASCII);
    }
}
