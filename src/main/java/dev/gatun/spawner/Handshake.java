package dev.gatun.spawner;

import java.util.List;
import java.util.Optional;

/** The one line that a spawner prints when it listens at {@code SPAWNER_SOCKET}: {@code 1|1|unix|PATH|ndjson}. */
final class Handshake {

    /** Without its end; no path of a socket has more than 107. */
    static final int MAX_BYTES = 1024;

    private record Field(String expected, String meaning) {}

    private Handshake() {}

    /**
     * What is wrong with a line, as the end of a sentence.
     *
     * @param path of the socket, without {@code |}
     */
    static Optional<String> objection(String line, String path) {
        List<Field> fields = List.of(
                new Field("1", "the version of this line"),
                new Field("1", "the version of the protocol"),
                new Field("unix", "the kind of socket"),
                new Field(path, "the socket"),
                new Field("ndjson", "the form of messages"));
        String[] found = line.split("\\|", -1);
        if (found.length != fields.size()) {
            return Optional.of("handshake: expected 1|1|unix|PATH|ndjson, found " + found.length + " fields");
        }
        for (int i = 0; i < found.length; i++) {
            Field field = fields.get(i);
            if (!found[i].equals(field.expected())) {
                return Optional.of("handshake: field " + (i + 1) + ", " + field.meaning() + ", is not "
                        + field.expected());
            }
        }
        return Optional.empty();
    }
}
