package dev.gatun.spawner.check;

import java.io.IOException;

/** Bytes to and from the spawner. One thread reads, one writes, and any may close. */
interface Wire extends AutoCloseable {

    /** Waits for bytes. Returns how many, or -1 at the end. */
    int read(byte[] buffer) throws IOException;

    /** Waits until all is written. */
    void write(byte[] bytes) throws IOException;

    /** Lets the spawner see the end of its input. */
    void closeOutput() throws IOException;

    @Override
    void close() throws IOException;
}
