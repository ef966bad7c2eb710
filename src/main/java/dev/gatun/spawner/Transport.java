package dev.gatun.spawner;

/** How lines get to a spawner and back, one connection after the other. For the loop's thread. */
interface Transport {

    /** Hears of connections, on the loop's thread. */
    interface Listener {

        /** There is a connection; it is the only one until {@link #disconnected}. */
        void connected();

        /** There is none any more, or none could be made. Another may follow. @param reason as the end of a sentence */
        void disconnected(String reason);

        /** A line, without its end. */
        void line(byte[] line);

        /** A line that was too long to be kept. */
        void oversizeLine();

        /** More is waiting for the spawner than we keep. */
        void choked(String detail);

        /** A line for the log, of the spawner's or of its connection. */
        void log(String line);
    }

    /** Makes connections from now on. */
    void open(Listener listener);

    /** The spawner of this connection can work. */
    void greeted();

    /** Sends a line, with its end; where there is no connection, nowhere. */
    void send(byte[] line);

    /**
     * Closes the connection: the spawner is of no use. Another one follows, or what takes its place is said by {@link
     * Listener#disconnected}; of this one nothing is heard any more.
     */
    void drop(String reason);

    /** Whether the spawner, and its processes, are still there after we are gone. */
    boolean outlivesUs();

    /**
     * Ends the connection once all is sent, and gives the spawner its time to end; makes no other one.
     *
     * @param closed what to run when nothing is left
     */
    void close(Runnable closed);
}
