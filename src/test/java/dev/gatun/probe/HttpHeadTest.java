package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadTest {

    private static Optional<HttpHead.Parsed> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new HttpHead().add(bytes, bytes.length);
    }

    private static String outcome(String text) {
        return parse(text).map(HttpHeadTest::describe).orElse("more");
    }

    private static String describe(HttpHead.Parsed parsed) {
        return parsed.request().map(request -> request.method() + " " + request.path()).orElse("" + parsed.refusal());
    }

    @ParameterizedTest
    @CsvSource({
        "/ready, /ready",
        "/, /",
        "//x, //x",
        "/ready?verbose=1, /ready",
        "/?, /",
        "/a?b?c#d, /a",
        "/a#b?c, /a",
        "/a%20b, /a%20b",
        "http://127.0.0.1:8081/ready, /ready",
        "http://host/a?b=http://c/d, /a",
        "http://host, /",
        "http://host?x=/y, /",
        "HTTPS://[::1]:1/x, /x",
        "/go?to=http://host/, /go",
    })
    void thePathIsTakenFromTheTarget(String target, String path) {
        assertThat(outcome("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo("GET " + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /x HTTP/1.1\r\n\r\n", "GET /x HTTP/1.0\r\n\r\n", "GET /x HTTP/1.1\n\n", "GET /x HTTP/1.1\r\nA: b\n\r\n",
        "\r\n\r\nGET /x HTTP/1.1\r\n\r\n", "GET /x HTTP/1.1\r\nA:\r\nB:c:d\r\n\r\n", "GET /x HTTP/1.9\r\n\r\nGET /y",
        "GET /x HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody",
    })
    void aRequestIsARequestHoweverItsLinesEnd(String text) {
        assertThat(outcome(text)).isEqualTo("GET /x");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1 \r\n\r\n", "GET  HTTP/1.1\r\n\r\n", " / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1\r\n\r\n", "GET / HTTP/11.1\r\n\r\n", "GET / http/1.1\r\n\r\n", "GET / HTTP/a.1\r\n\r\n",
        "G@T / HTTP/1.1\r\n\r\n", "GET x HTTP/1.1\r\n\r\n", "GET * HTTP/1.1\r\n\r\n", "GET /a b HTTP/1.1\r\n\r\n",
        "GET /a\tb HTTP/1.1\r\n\r\n", "GET /\0 HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\n: nameless\r\n\r\n", "GET / HTTP/1.1\r\nA : b\r\n\r\n", "GET / HTTP/1.1\r\n A: b\r\n\r\n",
        "\u0016\u0003\u0001\u0002\n\n", "x\n\n", "GET ://a HTTP/1.1\r\n\r\n",
    })
    void whatIsNoHttpIsRefused(String text) {
        assertThat(outcome(text)).isEqualTo("400");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "POST /x HTTP/1.1\r\n\r\n", "OPTIONS * HTTP/1.1\r\n\r\n", "CONNECT host:443 HTTP/1.1\r\n\r\n",
        "get / HTTP/1.1\r\n\r\n", "DELETE / HTTP/1.0\r\n\r\n",
    })
    void otherMethodsAreRefused(String text) {
        assertThat(outcome(text)).isEqualTo("405");
    }

    @Test
    void otherVersionsAreRefused() {
        assertThat(outcome("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")).isEqualTo("505");
        assertThat(outcome("GET / HTTP/0.9\r\n\r\n")).isEqualTo("505");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "\r\n", "GET / HTTP/1.1", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nA: b\r\n", "GET / HTTP/1.1\r\n\r",
    })
    void halfARequestNeedsMore(String text) {
        assertThat(outcome(text)).isEqualTo("more");
    }

    @Test
    void aHeadOfTheLargestSizeIsTakenAndNotAByteMore() {
        String start = "GET / HTTP/1.1\r\nA: ";
        String fitting = start + "x".repeat(HttpHead.MAX_BYTES - start.length() - 4) + "\r\n\r\n";
        assertThat(outcome(fitting)).isEqualTo("GET /");
        assertThat(outcome(fitting + "pipelined")).isEqualTo("GET /");
        assertThat(outcome(start + "x" + fitting.substring(start.length()))).isEqualTo("431");
        assertThat(outcome("\n".repeat(2 * HttpHead.MAX_BYTES))).isEqualTo("431");
    }
}
