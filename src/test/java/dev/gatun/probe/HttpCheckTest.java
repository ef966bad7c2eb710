package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Errno;
import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.ListeningSocket;
import dev.gatun.linux.NoFdLeak;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoFdLeak.class)
class HttpCheckTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final FaultyLibc faults = new FaultyLibc();
    private final TestLoop test = new TestLoop(faults.libc());
    private final Results results = new Results(test);
    private int attempts;

    @AfterEach
    void close() {
        test.untilAllIsClosed();
        assertThat(test.problems).isEmpty();
        test.close();
        assertThat(results.count()).as("answers to one attempt").isLessThanOrEqualTo(attempts);
    }

    private HttpCheck check(InternetAddress address) {
        return new HttpCheck(test.libc, test.loop, address, "/health", StatusRange.NO_ERROR);
    }

    private Attempt begin(InternetAddress address, Duration timeout) {
        attempts++;
        return check(address).begin(timeout, results);
    }

    private static String get(InternetAddress address) {
        return "GET http://" + address + "/health: ";
    }

    /** The answer to a server that says so; afterwards the connection is gone on both sides. */
    private CheckResult answerTo(boolean closing, String... pieces) {
        try (ScriptedServer server = new ScriptedServer(test, closing, pieces)) {
            begin(server.address(), LONG);
            CheckResult result = results.await();
            return new CheckResult(result.success(), result.reason().replace(server.address().toString(), "SERVER"));
        }
    }

    @Test
    void aGoodStatusIsASuccess() {
        try (ScriptedServer server = new ScriptedServer(test, true, "HTTP/1.1 200 OK\r\n\r\nbody")) {
            begin(server.address(), LONG);
            assertThat(results.await()).isEqualTo(CheckResult.succeeded());
            assertThat(server.heard()).isEqualTo("GET /health HTTP/1.1\r\nHost: " + server.address()
                    + "\r\nUser-Agent: gatun\r\nAccept: */*\r\nConnection: close\r\n\r\n");
        }
    }

    @Test
    void ourOwnResponderIsUnderstood() {
        ListeningSocket socket = ListeningSocket.bind(test.libc, InternetAddress.parse("::1", 0), 16);
        InternetAddress address = InternetAddress.parse("::1", socket.port());
        try (HttpResponder responder = new HttpResponder(test.loop, socket,
                request -> Optional.of(HttpResponse.text(request.path().equals("/health") ? 200 : 503, "")))) {
            begin(address, LONG);
            assertThat(results.await().success()).as("port %d", responder.port()).isTrue();
        }
    }

    @Test
    void aBadStatusIsNamed() {
        assertThat(answerTo(true, "HTTP/1.0 503 Service Unavailable\r\n\r\n"))
                .isEqualTo(CheckResult.failed("GET http://SERVER/health: 503"));
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() {
        assertThat(answerTo(true, "HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\n\r\n").success()).isTrue();
    }

    @Test
    void whatCountsAsASuccessIsAMatterOfChoice() {
        try (ScriptedServer server = new ScriptedServer(test, true, "HTTP/1.1 204 No Content\r\n\r\n")) {
            new HttpCheck(test.libc, test.loop, server.address(), "/", new StatusRange(200, 200)).begin(LONG, results);
            attempts++;
            assertThat(results.await().reason()).isEqualTo("GET http://" + server.address() + "/: 204");
        }
    }

    @Test
    void anAnswerInPiecesIsPutTogether() {
        assertThat(answerTo(false, "HTTP/1.1 10", "0 Continue\r\n", "\r", "\nHT", "TP/1.1 2", "00", " OK\r\n\r\n"))
                .isEqualTo(CheckResult.succeeded());
    }

    @Test
    void anAnswerThatIsNoHttpIsRefusedAtOnce() {
        assertThat(answerTo(false, "SSH-2.0-OpenSSH_9.2\r\n"))
                .isEqualTo(CheckResult.failed("GET http://SERVER/health: not an answer by HTTP/1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 20"})
    void anEndWithoutAStatusIsNamed(String piece) {
        assertThat(answerTo(true, piece).reason()).isEqualTo("GET http://SERVER/health: closed without an answer");
    }

    @Test
    void interimAnswersWithoutEndAreNoAnswer() {
        String interim = "HTTP/1.1 103 Early Hints\r\nA: " + "x".repeat(1000) + "\r\n\r\n";
        assertThat(answerTo(false, interim.repeat(20)).reason())
                .isEqualTo("GET http://SERVER/health: no status in 8192 bytes");
    }

    @Test
    void aServerThatSaysNothingIsLate() {
        try (ScriptedServer server = new ScriptedServer(test, false)) {
            begin(server.address(), SHORT);
            assertThat(results.await().reason()).isEqualTo(get(server.address()) + "no answer within 50 ms");
            test.until("the client to leave", () -> server.left() == 1);
        }
    }

    /** It sends a byte now and then; that is no reason to wait longer. */
    @Test
    void aServerThatDribblesIsLate() {
        try (ScriptedServer server = new ScriptedServer(test, false, "HTTP/1.1 103 Early Hints\r\nA: ")) {
            begin(server.address(), Duration.ofMillis(500));
            dribble(server);
            assertThat(results.await().reason()).isEqualTo(get(server.address()) + "no answer within 500 ms");
            assertThat(server.left()).isZero();
            test.until("the client to leave", () -> server.left() == 1);
        }
    }

    private void dribble(ScriptedServer server) {
        server.say("x");
        if (results.count() == 0) {
            test.loop.schedule(Duration.ofMillis(10), () -> dribble(server));
        }
    }

    /** It accepts in the kernel's queue alone. */
    @Test
    void aServerThatDoesNotAcceptIsLate() {
        try (ListeningSocket deaf = ListeningSocket.bind(test.libc, InternetAddress.parse("127.0.0.1", 0), 16)) {
            InternetAddress address = InternetAddress.parse("127.0.0.1", deaf.port());
            begin(address, SHORT);
            assertThat(results.await().reason()).isEqualTo(get(address) + "no answer within 50 ms");
        }
    }

    @Test
    void whereNobodyListensTheRefusalIsNamed() {
        InternetAddress nobody = nobody();
        begin(nobody, LONG);
        assertThat(results.count()).as("before the call has returned").isZero();
        assertThat(results.await().reason())
                .isEqualTo("connect " + nobody + ": ECONNREFUSED (Connection refused)");
    }

    private InternetAddress nobody() {
        try (ListeningSocket closed = ListeningSocket.bind(test.libc, InternetAddress.parse("127.0.0.1", 0), 1)) {
            return InternetAddress.parse("127.0.0.1", closed.port());
        }
    }

    @Test
    void aRefusalWithinTheCallAnswersAfterIt() {
        faults.refuse("connect", Errno.number("EHOSTUNREACH"), 1);
        begin(InternetAddress.parse("127.0.0.1", 1), LONG);
        assertThat(results.count()).isZero();
        assertThat(results.await().reason())
                .isEqualTo("connect 127.0.0.1:1: EHOSTUNREACH (No route to host)");
    }

    @Test
    void aShortageOfDescriptorsIsAFailure() {
        faults.refuse("socket", Errno.EMFILE, 1);
        begin(InternetAddress.parse("127.0.0.1", 1), LONG);
        assertThat(results.await().reason()).isEqualTo("socket 127.0.0.1:1: EMFILE (Too many open files)");
    }

    @Test
    void aRequestThatGoesOutInPartsGoesOut() {
        try (ScriptedServer server = new ScriptedServer(test, false, "HTTP/1.1 200 OK\r\n\r\n")) {
            faults.shortenWrites(20);
            begin(server.address(), LONG);
            assertThat(results.await().success()).isTrue();
            test.until("the whole request", () -> server.heard().endsWith("Connection: close\r\n\r\n"));
        }
    }

    /** The whole body is read, so that the server sees an orderly end and no reset. */
    @Test
    void theRestOfTheAnswerIsReadAfterTheAnswer() {
        String body = "x".repeat(16 * 1024);
        try (ScriptedServer server =
                new ScriptedServer(test, true, "HTTP/1.1 200 OK\r\n\r\n", body, "", "", body, "", "")) {
            begin(server.address(), LONG);
            assertThat(results.await().success()).isTrue();
            test.until("the server to close", () -> server.closed() == 1);
            assertThat(server.left()).as("closed by the client").isZero();
        }
    }

    @Test
    void aBodyWithoutEndIsLeft() {
        String[] endless = new String[100];
        endless[0] = "HTTP/1.1 200 OK\r\n\r\n";
        for (int i = 1; i < endless.length; i++) {
            endless[i] = "x".repeat(4096);
        }
        try (ScriptedServer server = new ScriptedServer(test, false, endless)) {
            begin(server.address(), LONG);
            assertThat(results.await().success()).isTrue();
            test.until("the client to leave", () -> server.left() == 1);
        }
    }

    /** A server that keeps the connection in spite of what it was told. */
    @Test
    void aConnectionThatIsKeptIsLeftWhenTheTimeIsUp() {
        try (ScriptedServer server = new ScriptedServer(test, false, "HTTP/1.1 200 OK\r\n\r\n")) {
            begin(server.address(), Duration.ofMillis(200));
            assertThat(results.await().success()).isTrue();
            assertThat(server.left()).isZero();
            test.until("the client to leave", () -> server.left() == 1);
            assertThat(results.count()).isEqualTo(1);
        }
    }

    @Test
    void aCancelledAttemptIsSilent() {
        try (ScriptedServer server = new ScriptedServer(test, false)) {
            Attempt attempt = begin(server.address(), Duration.ofMillis(100));
            test.until("the request", () -> !server.heard().isEmpty());
            attempt.cancel();
            attempt.cancel();
            test.until("the client to leave", () -> server.left() == 1);
            test.turn(Duration.ofMillis(150));
            assertThat(results.count()).isZero();
        }
        begin(nobody(), LONG).cancel();
        test.turn(SHORT);
        assertThat(results.count()).isZero();
    }

    @Test
    void manyAtOnceDoNotDisturbEachOther() {
        try (ScriptedServer server = new ScriptedServer(test, true, "HTTP/1.1 200 OK\r\n\r\n")) {
            for (int i = 0; i < 15; i++) {
                begin(server.address(), LONG);
            }
            test.until("all answers", () -> results.count() == 15);
            assertThat(results.await().success()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "health", "/a b", "/a\r\nX: y", "/ä"})
    void aPathThatIsNoneIsRefused(String path) {
        assertThatThrownBy(() -> new HttpCheck(
                test.libc, test.loop, InternetAddress.parse("::1", 1), path, StatusRange.NO_ERROR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the path of a check begins with / and is ASCII without spaces");
    }
}
