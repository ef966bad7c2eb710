package dev.gatun.engine.systemd;

import dev.gatun.engine.systemd.BusException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The way to the manager, made anew whenever it breaks. Thread-safe. */
final class BusLink implements AutoCloseable {

    /** Told of what comes unasked, on other threads. It must not wait. */
    interface Listener {

        /** Something of a unit has changed. */
        void changed(String objectPath);

        /** There is a connection again; whatever happened meanwhile has to be asked for. */
        void back();
    }

    private static final Listener NOBODY = new Listener() {
        @Override
        public void changed(String objectPath) {}

        @Override
        public void back() {}
    };

    private static final Duration FIRST_DELAY = Duration.ofMillis(50);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);

    private final BusAddress address;
    private final ScheduledExecutorService timers;
    private final Executor workers;

    private volatile Listener listener = NOBODY;

    /** Which connection counts; what earlier ones still say does not. */
    private Attempt current;

    private boolean isClosed;

    private BusLink(BusAddress address, ScheduledExecutorService timers, Executor workers) {
        this.address = address;
        this.timers = timers;
        this.workers = workers;
    }

    /**
     * Connects.
     *
     * @param candidates tried one after the other
     * @throws BusException telling of each candidate what was wrong with it
     */
    static BusLink open(List<BusAddress> candidates, ScheduledExecutorService timers, Executor workers)
            throws BusException {
        List<String> failures = new ArrayList<>();
        for (BusAddress candidate : candidates) {
            BusLink link = new BusLink(candidate, timers, workers);
            try {
                link.connect();
                return link;
            } catch (BusException unusable) {
                failures.add(candidate.text() + " (" + unusable.getMessage() + ")");
            }
        }
        throw new BusException(Kind.LOST, "tried " + String.join(", ", failures), null);
    }

    /** Once, when there is something to listen for. */
    void listen(Listener newListener) {
        listener = newListener;
    }

    boolean isUser() {
        return address.isUser();
    }

    /** @throws BusException while there is none */
    synchronized ManagerConnection connection() throws BusException {
        if (current == null || !current.connection.isConnected()) {
            throw new BusException(Kind.LOST, "the message bus " + address.text() + " is gone", null);
        }
        return current.connection;
    }

    private void connect() throws BusException {
        Attempt attempt = new Attempt();
        ManagerConnection connection = ManagerConnection.open(address, attempt);
        synchronized (this) {
            attempt.connection = connection;
            if (!isClosed && connection.isConnected()) {
                current = attempt;
                return;
            }
        }
        connection.close();
        throw new BusException(Kind.LOST, "the connection broke at once", null);
    }

    private synchronized void lost(Attempt attempt) {
        if (attempt == current && !isClosed) {
            current = null;
            reconnectAfter(FIRST_DELAY);
        }
    }

    private synchronized void reconnectAfter(Duration delay) {
        if (!isClosed) {
            timers.schedule(() -> workers.execute(() -> reconnect(delay)), delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void reconnect(Duration delay) {
        try {
            connect();
        } catch (BusException stillGone) {
            Duration doubled = delay.multipliedBy(2);
            reconnectAfter(doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY);
            return;
        }
        listener.back();
    }

    @Override
    public void close() {
        Attempt last;
        synchronized (this) {
            isClosed = true;
            last = current;
            current = null;
        }
        if (last != null) {
            last.connection.close();
        }
    }

    /** A connection that was made, or is being made. */
    private final class Attempt implements ManagerConnection.Listener {

        private ManagerConnection connection;

        @Override
        public void changed(String objectPath) {
            listener.changed(objectPath);
        }

        @Override
        public void lost() {
            // dbus-java holds its connection's lock here, and we take it under ours: not in this thread.
            try {
                timers.execute(() -> BusLink.this.lost(this));
            } catch (RejectedExecutionException closed) {
                // Then nobody needs the bus any more.
            }
        }
    }
}
