package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatun.linux.CString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AttachCommandTest {

    private static String request(AttachCommand command, CString path) throws DumpFailure {
        ByteBuffer request = command.request(path);
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aRequestIsVersionCommandAndThreeArguments() throws DumpFailure {
        assertThat(request(AttachCommand.HEAP, CString.of("/a b"))).isEqualTo("1\0dumpheap\0/a b\0-live\0\0");
        assertThat(request(AttachCommand.JFR, CString.of("/a b")))
                .isEqualTo("1\0jcmd\0JFR.dump filename=\"/a b\"\0\0\0");
    }

    @Test
    void aPathGoesByteByByte() throws DumpFailure {
        CString path = CString.ofBytes(new byte[]{'/', (byte) 0xe9, 'x'});
        assertThat(request(AttachCommand.HEAP, path)).contains("\0/\u00e9x\0");
    }

    @Test
    void aPathThatTheProtocolHasNoRoomForIsRefused() throws DumpFailure {
        String longest = "/" + "x".repeat(1023);
        assertThat(request(AttachCommand.HEAP, CString.of(longest))).contains(longest);
        assertThatExceptionOfType(DumpFailure.class)
                .isThrownBy(() -> AttachCommand.HEAP.request(CString.of(longest + "x")))
                .withMessage("the path of the dump is too long for a JVM: 1025 bytes");
    }
}
