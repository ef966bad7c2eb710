package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class HttpHeadPropertyTest {

    @Property
    void piecesComeToTheSameAsTheWhole(@ForAll long seed, @ForAll @Size(max = 60) byte[] noise) {
        Random random = new Random(seed);
        byte[] whole =
                ("\r\nGET /a?b HTTP/1." + random.nextInt(3) + "\r\nHost: x\r\n" + (random.nextBoolean() ? "\r" : "")
                        + "\nrest").getBytes(StandardCharsets.ISO_8859_1);
        for (byte b : noise) {
            if (random.nextInt(4) == 0) {
                whole[random.nextInt(whole.length)] = b;
            }
        }
        Optional<HttpHead.Parsed> atOnce = new HttpHead().add(whole, whole.length);
        HttpHead head = new HttpHead();
        Optional<HttpHead.Parsed> inPieces = Optional.empty();
        for (int at = 0; at < whole.length && inPieces.isEmpty();) {
            int size = Math.min(1 + random.nextInt(3), whole.length - at);
            inPieces = head.add(Arrays.copyOfRange(whole, at, at + size), size);
            at += size;
        }
        assertThat(inPieces).isEqualTo(atOnce);
    }
}
