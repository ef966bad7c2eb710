package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpStatusTest {

    private static int status(String answer) {
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        return HttpStatus.of(bytes, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\n', 200",
        "'HTTP/1.0 503 Service Unavailable\r\n', 503",
        "'HTTP/1.1 404\r\n', 404",
        "'HTTP/1.1 302 ', 302",
        "'HTTP/1.1 200\n', 200",
        "'HTTP/1.1 599 \r\nA: b\r\n\r\nbody', 599",
        "'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n', 204",
        "'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 102 P\n\nHTTP/1.0 500 \r\n', 500",
    })
    void theFinalStatusIsFound(String answer, int status) {
        assertThat(status(answer)).isEqualTo(status);
        for (int length = 0; length < answer.indexOf(Integer.toString(status)) + 4; length++) {
            assertThat(status(answer.substring(0, length))).as(answer.substring(0, length))
                    .isEqualTo(HttpStatus.UNKNOWN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "x", "HTTP/2", "HTTP/1.1  200", "HTTP/1.x", "HTTP/1.1 2x", "HTTP/1.1 200x", "HTTP/1.1 2000",
        "\u0015\u0003\u0001",
        "HTTP/1.1 099 ", "http/1.1 200 OK\r\n", "HTTP/1.1 100 \r\n\r\nnonsense", "SSH-2.0-x\r\n",
    })
    void somethingElseIsSeenAsSoonAsItCanBe(String answer) {
        assertThat(status(answer)).isEqualTo(HttpStatus.NONE);
    }

    @Test
    void rangesHaveTheirBounds() {
        assertThat(StatusRange.NO_ERROR.contains(199)).isFalse();
        assertThat(StatusRange.NO_ERROR.contains(200)).isTrue();
        assertThat(StatusRange.NO_ERROR.contains(399)).isTrue();
        assertThat(StatusRange.NO_ERROR.contains(400)).isFalse();
        assertThatThrownBy(() -> new StatusRange(300, 200))
                .hasMessage("statuses are a range in 100..599, not 300..200");
    }
}
