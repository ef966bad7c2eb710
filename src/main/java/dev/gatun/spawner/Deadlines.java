package dev.gatun.spawner;

import java.time.Duration;

/**
 * How long a spawner may take.
 *
 * @param hello for the answer to {@code hello}
 * @param acknowledgement for the answer to any other request
 * @param start from an accepted launch until {@code started} or {@code exit}
 * @param ping from one ping to the next
 * @param reconnectWindow how long the processes of a dead connection are unknown before they have failed
 * @param killConfirmation from a kill until it is repeated
 * @param shutdown for the spawner to end by itself when the launcher is closed
 * @param stop from TERM until KILL, for the spawner itself
 */
record Deadlines(
        Duration hello,
        Duration acknowledgement,
        Duration start,
        Duration ping,
        Duration reconnectWindow,
        Duration killConfirmation,
        Duration shutdown,
        Duration stop) {

    static final Deadlines DEFAULT = new Deadlines(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofSeconds(2));

    /** How many pings in a row may go unanswered. */
    static final int MAX_MISSED_PINGS = 3;

    /** How many lines in a row may be none that the protocol has. */
    static final int MAX_JUNK_LINES = 100;

    /** For sentences: {@code 10 s}, {@code 500 ms}. */
    static String words(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
