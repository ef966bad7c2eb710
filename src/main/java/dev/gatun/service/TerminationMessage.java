package dev.gatun.service;

import dev.gatun.log.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The reason of the end where Kubernetes looks for it (terminationMessagePath). The kubelet makes the file; where nobody
 * has made it nobody reads it, so it is never created.
 */
final class TerminationMessage {

    /** The kubelet cuts a message there, and it would cut the end of it, which is the interesting part. */
    private static final int MAX_BYTES = 4096;

    private TerminationMessage() {}

    static void write(Log log, Path path, String reason, List<String> lastLines) {
        if (!Files.isWritable(path) || Files.isDirectory(path)) {
            return;
        }
        try {
            Files.write(path, text(reason, lastLines).getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException failure) {
            log.warn("cannot write the termination message", "path", path, "problem", failure);
        }
    }

    /** The reason, and as many of the last lines as there is room for. */
    static String text(String reason, List<String> lastLines) {
        int room = MAX_BYTES - bytes(reason) - 1;
        int first = lastLines.size();
        while (first > 0 && room > bytes(lastLines.get(first - 1))) {
            first--;
            room -= bytes(lastLines.get(first)) + 1;
        }
        StringBuilder text = new StringBuilder(reason).append('\n');
        for (String line : lastLines.subList(first, lastLines.size())) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
