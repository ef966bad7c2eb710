package dev.gatun.spawner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            1|1|unix|/s/x|ndjson ; ''
            2|1|unix|/s/x|ndjson ; 'handshake: field 1, the version of this line, is not 1'
            1|2|unix|/s/x|ndjson ; 'handshake: field 2, the version of the protocol, is not 1'
            1|1|tcp|/s/x|ndjson ; 'handshake: field 3, the kind of socket, is not unix'
            1|1|unix|/s/y|ndjson ; 'handshake: field 4, the socket, is not /s/x'
            1|1|unix|/s/x|grpc ; 'handshake: field 5, the form of messages, is not ndjson'
            1|1|unix|/s/x ; 'handshake: expected 1|1|unix|PATH|ndjson, found 4 fields'
            1|1|unix|/s/x|ndjson| ; 'handshake: expected 1|1|unix|PATH|ndjson, found 6 fields'
            hello ; 'handshake: expected 1|1|unix|PATH|ndjson, found 1 fields'
            """)
    void eachDefectIsOneSentence(String line, String objection) {
        assertThat(Handshake.objection(line, "/s/x").orElse("")).isEqualTo(objection.strip());
    }
}
