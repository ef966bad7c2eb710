package dev.gatun.spawner.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are: there is a message, or a refusal in one line. */
class SpawnerCodecFuzzTest {

    private static final String[] VALID = {
        "{\"id\": 7, \"result\": {\"accepted\": true, \"handle\": \"h\"}}",
        "{\"id\": 7, \"error\": {\"code\": \"c\", \"message\": \"m\", \"details\": null, \"retryable\": false}}",
        "{\"event\": \"started\", \"proc\": \"web\", \"generation\": 1, \"seq\": 1, \"pid\": null, \"address\": null, "
                + "\"started_at\": \"2026-01-31T12:00:00Z\"}",
        "{\"event\": \"exit\", \"proc\": \"web\", \"generation\": 1, \"seq\": 2, \"exit_code\": 0, \"signal\": null, "
                + "\"core_dumped\": false, \"failed_reason\": null, \"stderr_tail\": [\"é\"]}"};

    private static final String[] PIECES = {
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "-", "1e9", "99999999999", "\"event\":", "\"id\":", "\\u",
        "\\ud800", "\u0000", "\n", "\"exit_code\":", "1.5", "\"seq\":"};

    private final SpawnerCodec codec = new SpawnerCodec();

    private void decode(byte[] line) {
        for (Method method : Method.values()) {
            try {
                assertThat(codec.decode(line, id -> Optional.of(method))).isNotNull();
            } catch (MalformedMessageException refused) {
                assertThat(refused.getMessage()).isNotEmpty().hasLineCount(1).hasSizeLessThan(400);
            }
        }
    }

    @Property(tries = 3000)
    void anyBytes(@ForAll byte[] line) {
        decode(line);
    }

    @Property(tries = 5000)
    void changedMessages(@ForAll("changed") byte[] line) {
        decode(line);
    }

    @Provide
    Arbitrary<byte[]> changed() {
        return Arbitraries.longs().map(seed -> change(new Random(seed)));
    }

    private static byte[] change(Random random) {
        StringBuilder line = new StringBuilder(VALID[random.nextInt(VALID.length)]);
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int at = random.nextInt(line.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> line.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> line.delete(at, Math.min(line.length(), at + 1 + random.nextInt(12)));
                default -> line.replace(
                        at, Math.min(line.length(), at + random.nextInt(8)), PIECES[random.nextInt(PIECES.length)]);
            }
        }
        byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(4) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }
}
