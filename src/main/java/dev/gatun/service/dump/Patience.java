package dev.gatun.service.dump;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether somebody still waits for a dump, for the thread that takes it: ends whatever that waits for.
 *
 * <p>A thread that reads from a blocking channel is not interrupted, nor is the channel closed under it. The JVM would
 * then send it a real-time signal to make its system call return; in a launcher's JVM all those are blocked, so the
 * thread would stay where it is, and whoever closes would wait for it for ever. An end of input comes from the kernel.
 */
final class Patience {

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile SocketChannel channel;

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** From any thread; does not wait. */
    void end() {
        ended.countDown();
        endInput(channel);
    }

    /** Says which channel is going to be read from. */
    void reading(SocketChannel connected) {
        channel = connected;
        if (hasEnded()) {
            endInput(connected);
        }
    }

    /**
     * Lets time pass.
     *
     * @return whether somebody still waits
     */
    boolean pause(Duration time) {
        try {
            return !ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void endInput(SocketChannel connected) {
        if (connected == null) {
            return;
        }
        try {
            connected.shutdownInput();
        } catch (NotYetConnectedException | ClosedChannelException nothingToEnd) {
            // The reader has come to its end by itself.
        } catch (IOException disconnected) {
            // Likewise: the JVM at the other side is gone (ENOTCONN).
        }
    }
}
