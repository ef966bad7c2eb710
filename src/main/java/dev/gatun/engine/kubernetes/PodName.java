package dev.gatun.engine.kubernetes;

import dev.gatun.process.ProcId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** What the Pod of a process is called: what can be read of the id, and a hash, so that no two ids have one name. */
final class PodName {

    /** A Pod's name is its host name too: a label of DNS (RFC 1123), which has 63 characters at the most. */
    static final int MAX_CHARACTERS = 63;

    /** 128 bits: nobody meets a collision, nor makes one. */
    private static final int HASH_CHARACTERS = 32;

    private static final int READABLE_CHARACTERS = MAX_CHARACTERS - HASH_CHARACTERS - 1;

    private PodName() {}

    static String of(ProcId id) {
        String readable = readable(id.value());
        return readable.isEmpty() ? "proc-" + hash(id) : readable + "-" + hash(id);
    }

    /** The id as the value of a label, which cannot take the id itself. */
    static String hash(ProcId id) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(id.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_CHARACTERS / 2);
        } catch (NoSuchAlgorithmException everyRuntimeHasIt) {
            throw new IllegalStateException(everyRuntimeHasIt);
        }
    }

    private static String readable(String id) {
        String allowed = id.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-", "");
        String cut = allowed.substring(0, Math.min(allowed.length(), READABLE_CHARACTERS));
        return cut.replaceAll("-$", "");
    }
}
