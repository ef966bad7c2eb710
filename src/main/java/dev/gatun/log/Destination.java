package dev.gatun.log;

import java.io.IOException;

/**
 * What the thread of an {@link OutputWriter} writes to. It may wait; and it opens by itself what it needs, at first and
 * after a failure. For one thread.
 */
public interface Destination {

    /**
     * Writes a part of the bytes, from the first on; lines stay in one piece as far as possible.
     *
     * @return how many bytes are written, at least one
     * @throws IOException with a message for people, that says where it was and what is wrong
     */
    int write(byte[] bytes, int offset, int length) throws IOException;

    /** Lets go of what is open. A write opens it again. */
    void close();
}
