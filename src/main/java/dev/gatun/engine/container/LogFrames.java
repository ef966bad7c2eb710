package dev.gatun.engine.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The form in which engines send outputs: frames of eight bytes, whose last four are a length (big-endian), and as many
 * of payload (Docker Engine API, ContainerAttach, "Stream format").
 */
final class LogFrames {

    /** Takes payload as it comes. It may wait. */
    @FunctionalInterface
    interface Sink {

        /** @param bytes valid until this returns */
        void bytes(byte[] bytes, int offset, int count) throws InterruptedException;
    }

    private static final int HEADER_BYTES = 8;
    private static final int BUFFER_BYTES = 1 << 14;

    private LogFrames() {}

    /**
     * Reads to the end.
     *
     * @throws EOFException where it ends in the middle of a frame
     */
    static void read(InputStream stream, Sink sink) throws IOException, InterruptedException {
        byte[] header = new byte[HEADER_BYTES];
        byte[] buffer = new byte[BUFFER_BYTES];
        while (true) {
            int headed = stream.readNBytes(header, 0, HEADER_BYTES);
            if (headed == 0) {
                return;
            }
            if (headed < HEADER_BYTES) {
                throw new EOFException("the output ends in the header of a frame");
            }
            long missing = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(4));
            while (missing > 0) {
                int count = stream.read(buffer, 0, (int) Math.min(missing, BUFFER_BYTES));
                if (count < 0) {
                    throw new EOFException("the output ends in a frame");
                }
                sink.bytes(buffer, 0, count);
                missing -= count;
            }
        }
    }
}
