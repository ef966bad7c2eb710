package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.ListeningSocket;
import dev.gatun.linux.NoFdLeak;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class TcpCheckTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FaultyLibc faults = new FaultyLibc();
    private final TestLoop test = new TestLoop(faults.libc());
    private final Results results = new Results(test);

    @AfterEach
    void close() {
        test.untilAllIsClosed();
        assertThat(test.problems).isEmpty();
        test.close();
    }

    private Attempt begin(InternetAddress address, Duration timeout) {
        return new TcpCheck(test.libc, test.loop, address).begin(timeout, results);
    }

    private ListeningSocket listen() {
        return ListeningSocket.bind(test.libc, InternetAddress.parse("127.0.0.1", 0), 1);
    }

    private static InternetAddress at(ListeningSocket socket) {
        return InternetAddress.parse("127.0.0.1", socket.port());
    }

    @Test
    void aConnectionIsASuccessAndClosedAtOnce() {
        try (ScriptedServer server = new ScriptedServer(test, false)) {
            begin(server.address(), LONG);
            assertThat(results.await()).isEqualTo(CheckResult.succeeded());
            test.until("the client to leave", () -> server.left() == 1);
            assertThat(results.count()).isEqualTo(1);
        }
    }

    @Test
    void whereNobodyListensTheRefusalIsNamed() {
        InternetAddress nobody;
        try (ListeningSocket closed = listen()) {
            nobody = at(closed);
        }
        begin(nobody, LONG);
        assertThat(results.await().reason())
                .isEqualTo("connect " + nobody + ": ECONNREFUSED (Connection refused)");
    }

    /** Else a check of a port that nobody listens at would succeed now and then, and the port would be taken. */
    @Test
    void aConnectionToOneselfIsNoSuccess() {
        InternetAddress nobody;
        try (ListeningSocket closed = listen()) {
            nobody = at(closed);
        }
        faults.bindToTarget();
        begin(nobody, LONG);
        assertThat(results.await().reason())
                .isEqualTo("connect " + nobody + ": nobody listens, and the kernel connected us to ourselves");
    }

    /** Its queue is full, and the kernel drops whoever comes next without a word. */
    @Test
    void aServerThatIsFullIsLate() {
        try (ListeningSocket full = ListeningSocket.bind(test.libc, InternetAddress.parse("127.0.0.1", 0), 0)) {
            InternetAddress address = at(full);
            begin(address, LONG);
            assertThat(results.await().success()).isTrue();
            Results late = new Results(test);
            new TcpCheck(test.libc, test.loop, address).begin(Duration.ofMillis(50), late);
            assertThat(late.await().reason()).isEqualTo("connect " + address + ": no answer within 50 ms");
        }
    }
}
