package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words of a command line, one after the other. */
final class Words {

    private final List<CString> words = new ArrayList<>();

    /** @param name that the program is called by */
    Words(CString name) {
        words.add(name);
    }

    Words add(String word) {
        words.add(CString.of(word));
        return this;
    }

    Words add(CString word) {
        words.add(word);
        return this;
    }

    Words addAll(List<String> texts) {
        for (String text : texts) {
            add(text);
        }
        return this;
    }

    CommandLine commandLine(CString program, Optional<String> note) {
        return new CommandLine(program, words, note);
    }
}
