package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Errno;
import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.ListeningSocket;
import dev.gatun.linux.NoFdLeak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The responder on the real kernel; its clients are on the same loop. */
@ExtendWith(NoFdLeak.class)
class HttpResponderTest {

    private static final String GET = "GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final byte[] LARGE = "0123456789abcdef".repeat(1 << 20).getBytes();

    private final FaultyLibc faults = new FaultyLibc();
    private final TestLoop test = new TestLoop(faults.libc());
    private final List<HttpClient> clients = new ArrayList<>();
    private HttpResponder responder = respond(Duration.ofSeconds(10));

    private HttpResponder respond(Duration deadline) {
        ListeningSocket socket = ListeningSocket.bind(test.libc, InternetAddress.parse("127.0.0.1", 0), 1024);
        return new HttpResponder(test.loop, socket, this::answer, deadline);
    }

    private Optional<HttpResponse> answer(HttpRequest request) {
        return switch (request.path()) {
            case "/ready" -> Optional.of(HttpResponse.text(200, "OK"));
            case "/drain" -> Optional.of(HttpResponse.text(503, "NOT READY"));
            case "/large" -> Optional.of(new HttpResponse(200, "application/octet-stream", LARGE));
            case "/close" -> {
                responder.close();
                yield Optional.empty();
            }
            case "/broken" -> throw new IllegalStateException("route");
            default -> Optional.empty();
        };
    }

    @AfterEach
    void close() {
        clients.forEach(HttpClient::close);
        responder.close();
        test.close();
    }

    private HttpClient client() {
        HttpClient client = new HttpClient(test, responder.port());
        clients.add(client);
        return client;
    }

    private HttpClient exchange(String request) {
        HttpClient client = client();
        client.send(request);
        test.until("the answer", client::isClosed);
        return client;
    }

    @Test
    void answersAreComplete() {
        assertThat(exchange(GET).heard()).isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: 2\r\nConnection: close\r\n\r\nOK");
        assertThat(exchange("GET /drain HTTP/1.0\r\n\r\n").heard())
                .startsWith("HTTP/1.1 503 Service Unavailable\r\n").endsWith("\r\n\r\nNOT READY");
    }

    @Test
    void headIsGetWithoutTheBody() {
        assertThat(exchange("HEAD /ready HTTP/1.1\r\n\r\n").heard())
                .contains("Content-Length: 2\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void anUnknownPathIsNotFound() {
        HttpClient client = exchange("GET /ready/ HTTP/1.1\r\n\r\n");
        assertThat(client.heard()).contains("Content-Type: text/plain").endsWith("\r\n\r\n404 Not Found\n");
    }

    @Test
    void otherMethodsAreToldWhichThereAre() {
        HttpClient client = exchange("POST /ready HTTP/1.1\r\nContent-Length: 3\r\n\r\na=b");
        assertThat(client.statusLine()).isEqualTo("HTTP/1.1 405 Method Not Allowed");
        assertThat(client.heard()).contains("\r\nAllow: GET, HEAD\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'nonsense\r\n\r\n', HTTP/1.1 400 Bad Request",
        "'GET / HTTP/2.0\r\n\r\n', HTTP/1.1 505 HTTP Version Not Supported",
        "'GET /broken HTTP/1.1\r\n\r\n', HTTP/1.1 500 Internal Server Error",
    })
    void refusalsHaveTheirStatus(String request, String statusLine) {
        assertThat(exchange(request).statusLine()).isEqualTo(statusLine);
    }

    @Test
    void whatARouteThrowsIsReportedAndAnswered() {
        exchange("GET /broken HTTP/1.1\r\n\r\n");
        assertThat(test.problems).extracting(Throwable::getMessage).containsExactly("route");
        assertThat(exchange(GET).body()).isEqualTo("OK");
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() {
        HttpClient client = exchange("GET / HTTP/1.1\r\nA: " + "x".repeat(HttpHead.MAX_BYTES));
        assertThat(client.statusLine()).isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
    }

    @Test
    void aClientThatSendsByteByByteIsAnswered() {
        HttpClient client = client();
        for (char c : GET.toCharArray()) {
            assertThat(client.isClosed()).isFalse();
            client.send(String.valueOf(c));
            test.loop.runOnce();
        }
        test.until("the answer", client::isClosed);
        assertThat(client.body()).isEqualTo("OK");
    }

    @Test
    void slowClientsHoldUpNobodyAndDoNotStay() {
        responder.close();
        responder = respond(Duration.ofSeconds(5));
        HttpClient silent = client();
        HttpClient half = client().send("GET /ready HT");
        HttpClient deaf = client().send("GET /large HTTP/1.1\r\n\r\n");
        assertThat(exchange(GET).body()).isEqualTo("OK");
        assertThat(silent.isClosed()).isFalse();
        test.until("the silent one's end", silent::isClosed);
        test.until("the end of half a request", half::isClosed);
        assertThat(silent.heard()).isEmpty();
        assertThat(half.heard()).isEmpty();
        deaf.close();
    }

    /** The socket's buffers do not hold it, so it goes out in parts, as the client reads. */
    @Test
    void aLargeAnswerArrivesWhole() {
        HttpClient client = exchange("GET /large HTTP/1.1\r\n\r\n");
        assertThat(client.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(client.body()).isEqualTo(new String(LARGE));
        assertThat(faults.count("write")).isGreaterThan(LARGE.length / HttpResponder.BUFFER_BYTES);
    }

    @Test
    void aWriteThatTakesLittleIsGoneOnWith() {
        HttpClient client = client().send("GET /nowhere HTTP/1.1\r\n\r\n");
        faults.shortenWrites(7);
        test.until("the answer", client::isClosed);
        assertThat(client.body()).isEqualTo("404 Not Found\n");
        assertThat(faults.count("write")).isGreaterThanOrEqualTo(client.heard().length() / 7);
    }

    @Test
    void whatFollowsARequestIsIgnoredAndTheAnswerArrives() {
        HttpClient client = client();
        client.send(GET + GET + "\0\1\2 garbage ".repeat(1000));
        test.until("the answer", client::isClosed);
        assertThat(client.isReset()).isFalse();
        assertThat(client.body()).isEqualTo("OK");
    }

    @Test
    void whoNeverStopsSendingIsCutOff() {
        HttpClient client = client();
        client.send(GET);
        byte[] garbage = new byte[16 * 1024];
        test.until("the reset", () -> {
            test.loop.post(() -> {});
            return client.trySend(garbage) == -Errno.EPIPE || client.isReset();
        });
    }

    @Test
    void aClientThatHasEndedItsOutputIsAnswered() {
        HttpClient client = client().send(GET).endOutput();
        test.until("the answer", client::isClosed);
        assertThat(client.body()).isEqualTo("OK");
    }

    @Test
    void aClientThatLeavesInTheMiddleIsForgotten() {
        client().send("GET /re").endOutput();
        HttpClient gone = client().send("GET /large HTTP/1.1\r\n\r\n");
        test.loop.runOnce();
        gone.close();
        assertThat(exchange(GET).body()).isEqualTo("OK");
        assertThat(test.problems).isEmpty();
    }

    @Test
    void aHundredClientsAtOnceAreAllAnswered() {
        List<HttpClient> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(client().send(GET));
        }
        test.until("all answers", () -> many.stream().allMatch(HttpClient::isClosed));
        assertThat(many).allSatisfy(client -> assertThat(client.body()).isEqualTo("OK"));
        assertThat(test.problems).isEmpty();
    }

    /** All places are taken by clients that say nothing: the oldest have to go when others come. */
    @Test
    void idleClientsMakeRoomForOthers() {
        List<HttpClient> idle = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            idle.add(client());
        }
        HttpClient asking = client().send(GET);
        test.until("the answer", asking::isClosed);
        assertThat(asking.body()).isEqualTo("OK");
        assertThat(idle.getFirst().isClosed()).isTrue();
        assertThat(idle.getLast().isClosed()).isFalse();
    }

    @Test
    void aShortageOfDescriptorsIsToldOnceAndPasses() {
        faults.refuse("accept4", Errno.EMFILE, 3);
        assertThat(exchange(GET).body()).isEqualTo("OK");
        assertThat(test.problems).singleElement().satisfies(
                problem -> assertThat(problem).hasMessageContaining("EMFILE (Too many open files)"));
        assertThat(faults.refused("accept4")).isEqualTo(3);
    }

    @Test
    void aShortageOfWatchesDelaysTheNextConnection() {
        HttpClient client = client().send(GET);
        faults.refuse("accept4", Errno.ENFILE, 1);
        test.until("the first shortage", () -> faults.refused("accept4") == 1);
        faults.refuse("epoll_ctl", Errno.ENOMEM, 1);
        test.until("the answer", client::isClosed);
        assertThat(client.body()).isEqualTo("OK");
        assertThat(faults.refused("epoll_ctl")).isEqualTo(1);
    }

    @Test
    void aConnectionThatCannotBeWatchedIsClosed() {
        HttpClient client = client().send(GET);
        faults.refuse("epoll_ctl", Errno.ENOMEM, 1);
        test.until("its end", client::isClosed);
        assertThat(client.heard()).isEmpty();
        assertThat(exchange(GET).body()).isEqualTo("OK");
    }

    @Test
    void closingCutsWhatIsUnderWayAndFreesThePort() {
        HttpClient silent = client();
        test.loop.runOnce();
        int port = responder.port();
        responder.close();
        responder.close();
        test.until("the silent one's end", silent::isClosed);
        responder = new HttpResponder(test.loop,
                ListeningSocket.bind(test.libc, InternetAddress.parse("127.0.0.1", port), 16),
                request -> Optional.of(HttpResponse.text(200, "second")));
        assertThat(exchange(GET).body()).isEqualTo("second");
    }

    @Test
    void aRouteMayCloseTheResponder() {
        HttpClient client = client().send("GET /close HTTP/1.1\r\n\r\n");
        test.until("its end", client::isClosed);
        assertThat(client.heard()).isEmpty();
        assertThat(test.problems).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        InternetAddress taken = InternetAddress.parse("127.0.0.1", responder.port());
        assertThatThrownBy(() -> ListeningSocket.bind(test.libc, taken, 16))
                .hasMessage("bind(" + taken + "): EADDRINUSE (Address already in use)");
    }

    @Test
    void anIdleResponderWakesNobody() {
        assertThat(exchange(GET).body()).isEqualTo("OK");
        clients.forEach(HttpClient::close);
        test.turn(Duration.ofMillis(50));
        int before = faults.count("epoll_wait");
        test.turn(Duration.ofMillis(100));
        assertThat(faults.count("epoll_wait") - before).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ready", "/ready?x=1", "http://elsewhere.example/ready"})
    void thePathIsWhatCounts(String target) {
        assertThat(exchange("GET " + target + " HTTP/1.1\r\n\r\n").body()).isEqualTo("OK");
    }

    /** Somebody else's client, keep-alive and all. */
    @Test
    void pythonUnderstands() throws Exception {
        Process python = new ProcessBuilder("python3", "-c", """
                import http.client, sys
                for method in 'GET', 'HEAD', 'POST':
                    connection = http.client.HTTPConnection('127.0.0.1', int(sys.argv[1]), timeout=20)
                    connection.request(method, '/ready', headers={'Connection': 'keep-alive'})
                    response = connection.getresponse()
                    print(response.status, response.getheader('Content-Length'), response.read(), response.will_close)
                """, Integer.toString(responder.port())).redirectErrorStream(true).start();
        test.until("python's end", () -> {
            test.loop.schedule(Duration.ofMillis(10), () -> {});
            return !python.isAlive();
        });
        assertThat(new String(python.getInputStream().readAllBytes())).isEqualTo("""
                200 2 b'OK' True
                200 2 b'' True
                405 23 b'405 Method Not Allowed\\n' True
                """);
    }
}
