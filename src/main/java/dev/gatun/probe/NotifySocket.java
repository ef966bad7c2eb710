package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.DatagramSocket;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.UnixAddress;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Where a service says how it is, by the protocol of sd_notify(3). Its environment names the socket: {@code
 * NOTIFY_SOCKET}, with the text of {@link #address}. Whoever can reach the socket can write to it, so a message counts
 * only if its sender, whom the kernel vouches for, belongs to the service. For the loop's thread.
 */
public final class NotifySocket implements AutoCloseable {

    /** Hears what the service says. It may close the socket. */
    public interface Listener {

        /** The service says something; what comes in one message is told in its order. */
        void onNotification(int senderPid, Notification notification);

        /**
         * A message was not understood or not accepted, in whole or in part. No more than one a second is told: a sender
         * that makes mistakes makes many.
         *
         * @param problem one sentence
         */
        void onProblem(String problem);
    }

    /** Of messages in a row, before other descriptors have their turn. */
    private static final int BATCH = 32;

    private static final Duration BETWEEN_PROBLEMS = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final DatagramSocket socket;
    private final UnixAddress address;
    private final IntPredicate accepts;
    private final Listener listener;
    private final Watch watch;
    private long quietUntilNanos;
    private int unsaid;

    private NotifySocket(
            EventLoop loop, DatagramSocket socket, UnixAddress address, IntPredicate accepts, Listener listener) {
        this.loop = loop;
        this.socket = socket;
        this.address = address;
        this.accepts = accepts;
        this.listener = listener;
        this.quietUntilNanos = loop.nanos();
        this.watch = loop.watch(socket, Epoll.READABLE, readiness -> receive());
    }

    /**
     * Listens from now on.
     *
     * @param accepts whether a pid is one of the service's; asked before anything else is done, so that a sender which
     *     waits for its message to be handled ({@code systemd-notify} does) is still there
     * @throws LinuxException naming the address
     */
    public static NotifySocket open(
            Libc libc, EventLoop loop, UnixAddress address, IntPredicate accepts, Listener listener) {
        requireNonNull(loop);
        requireNonNull(accepts);
        requireNonNull(listener);
        DatagramSocket socket = DatagramSocket.bind(libc, address);
        try {
            return new NotifySocket(loop, socket, address, accepts, listener);
        } catch (LinuxException shortage) {
            socket.close();
            throw shortage;
        }
    }

    public UnixAddress address() {
        return address;
    }

    private void receive() {
        for (int i = 0; i < BATCH && socket.isOpen(); i++) {
            Optional<DatagramSocket.Datagram> datagram = socket.receive();
            if (datagram.isEmpty()) {
                return;
            }
            handle(datagram.get());
        }
    }

    private void handle(DatagramSocket.Datagram datagram) {
        int sender = datagram.senderPid();
        if (!accepts.test(sender)) {
            problem("a notification from " + (sender == 0 ? "outside our PID namespace" : "process " + sender)
                    + " is ignored: it is none of the service's");
            return;
        }
        if (datagram.truncated()) {
            problem("a notification of process " + sender + " is ignored: it has more than "
                    + DatagramSocket.MAX_PAYLOAD_BYTES + " bytes");
            return;
        }
        NotifyMessage message = NotifyMessage.parse(datagram.payload());
        for (String problem : message.problems()) {
            problem("a notification of process " + sender + " is not understood: " + problem);
        }
        for (Notification notification : message.notifications()) {
            if (socket.isOpen()) {
                listener.onNotification(sender, notification);
            }
        }
    }

    private void problem(String text) {
        long now = loop.nanos();
        if (now < quietUntilNanos) {
            unsaid++;
            return;
        }
        quietUntilNanos = now + BETWEEN_PROBLEMS.toNanos();
        String told = unsaid == 0 ? text : text + " (and " + unsaid + " such problems before)";
        unsaid = 0;
        listener.onProblem(told);
    }

    /** Stops listening, and removes the file of the address. */
    @Override
    public void close() {
        if (socket.isOpen()) {
            watch.cancel();
            socket.close();
        }
    }
}
