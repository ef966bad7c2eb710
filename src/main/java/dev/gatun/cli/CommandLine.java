package dev.gatun.cli;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of our command line as bytes. The JVM has decoded its copy by the locale, and in a container without one
 * that costs every byte above 127; the kernel still has the original.
 */
final class CommandLine {

    private CommandLine() {}

    static List<CString> read(Libc libc, String[] decoded) {
        Optional<byte[]> raw = ProcFile.read(libc, "/proc/self/cmdline");
        if (raw.isPresent()) {
            List<CString> words = CString.split(raw.get());
            if (words.size() >= decoded.length) {
                // Ours are the last; before them stand the JVM, its options and the main class.
                return words.subList(words.size() - decoded.length, words.size());
            }
        }
        List<CString> words = new ArrayList<>();
        for (String word : decoded) {
            words.add(CString.of(word));
        }
        return words;
    }
}
