package dev.gatun.service.it;

import dev.gatun.it.RunningGatun;
import dev.gatun.it.Transcript;
import java.util.List;
import java.util.Optional;

/** What {@code show.py} was started with. */
record Shown(Transcript transcript) {

    static Shown of(RunningGatun gatun) {
        gatun.out().await("^that is all$");
        return new Shown(gatun.out());
    }

    private List<String> all(String kind) {
        return transcript.all("^" + kind + " (.*)$");
    }

    /** Without the script's own name. */
    List<String> words() {
        return all("word").stream().skip(1).toList();
    }

    /** All words behind the interpreter. */
    List<String> options() {
        return all("option");
    }

    Optional<String> variable(String name) {
        return all("variable").stream()
                .filter(entry -> entry.startsWith(name + "="))
                .map(entry -> entry.substring(name.length() + 1))
                .findFirst();
    }

    String folder() {
        return all("folder").getFirst();
    }

    String stream(int number) {
        return all("stream " + number).getFirst();
    }
}
