package dev.gatun.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;

/** Ports of the loopback that nobody uses, each given away once. */
public final class FreePorts {

    /** Below those that the kernel gives to clients, so that no connection takes one before its server does. */
    private static final int FIRST = 10_000;
    private static final int COUNT = 20_000;

    private static final Random START = new Random();
    private static int next = START.nextInt(COUNT);

    private FreePorts() {}

    public static synchronized int next() {
        for (int attempt = 0; attempt < COUNT; attempt++) {
            int port = FIRST + next;
            next = (next + 1) % COUNT;
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new AssertionError("no port is free");
    }
}
